import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Checkpoint,
  type Model,
  modelFileNames,
  modelFiles,
  readCheckpoint,
  writeCheckpoint
} from '@vgm/mlstm'
import { writeFiles } from '@vgm/mlstm/node'
import { CommandError, UsageError } from './errors.js'
import { kindOf, naming } from './files.js'
import { type LossPoint, plotLoss } from './loss-plot.js'
import { requireWritable } from './output.js'
import { parseJson } from './parse-json.js'
import {
  describeRun,
  type GivenTerms,
  type RunDescription,
  type RunTerms,
  requireSameRun,
  runDescriptionSchema
} from './run-description.js'
import type { Music } from './training-music.js'

/** A line of `metrics.jsonl`. */
export interface MetricsLine {
  readonly step: number
  /** As a real number: 1.5 is half through the second epoch. */
  readonly epoch: number
  readonly loss?: number
  readonly validation?: number
  readonly norm?: number
  readonly learningRate?: number
  readonly wordsPerSecond?: number
}

const fileNames = {
  checkpoint: 'checkpoint.safetensors',
  run: 'run.json',
  metrics: 'metrics.jsonl',
  plot: 'loss.svg'
} as const

/** The folder of a training run: the best model so far, and what is needed to go on. Nothing is written before there is one. */
export class TrainingRun {
  private constructor(
    readonly folder: string,
    readonly description: RunDescription,
    readonly metrics: MetricsLine[] = [],
    readonly checkpoint?: Checkpoint
  ) {}

  /**
   * A new run.
   *
   * @throws {UsageError} if the folder holds one.
   * @throws {CommandError} if the folder cannot be written to.
   */
  static async begin(folder: string, music: Music, terms: RunTerms): Promise<TrainingRun> {
    for (const name of [fileNames.checkpoint, modelFileNames.description]) {
      if ((await kindOf(join(folder, name))) === 'none') continue
      throw new UsageError(`${folder}: holds a ${name} already; go on with --resume, or choose another --out`)
    }
    await requireWritable(folder)
    return new TrainingRun(folder, describeRun(music, terms))
  }

  /**
   * A run that was stopped.
   *
   * @throws {CommandError} if there is none, or a file of it is damaged.
   * @throws {UsageError} if music, augmentation or terms are not those it began with.
   */
  static async resume(folder: string, music: Music, given: GivenTerms): Promise<TrainingRun> {
    const began = await read(folder, fileNames.run, bytes =>
      parseJson(runDescriptionSchema, bytes.toString())
    )
    requireSameRun(folder, began, music, given)
    const checkpoint = await read(folder, fileNames.checkpoint, bytes =>
      readCheckpoint(new Uint8Array(bytes), join(folder, fileNames.checkpoint))
    )
    const metrics = await read(folder, fileNames.metrics, parseMetrics)
    const upToNow = metrics.filter(({ step }) => step <= checkpoint.position.step)
    return new TrainingRun(folder, began, upToNow, checkpoint)
  }

  /** Adds a line to the metrics; it is written with the next checkpoint. */
  record(line: MetricsLine): void {
    this.metrics.push(line)
  }

  /** Writes the checkpoint with the metrics and the plot up to it. */
  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const training: LossPoint[] = []
    const validation: LossPoint[] = []
    for (const { epoch, loss, validation: measured } of this.metrics) {
      if (loss !== undefined) training.push({ epoch, loss })
      if (measured !== undefined) validation.push({ epoch, loss: measured })
    }
    await writeFiles(this.folder, {
      [fileNames.run]: `${JSON.stringify(this.description, null, 2)}\n`,
      [fileNames.metrics]: this.metrics.map(line => `${JSON.stringify(line)}\n`).join(''),
      [fileNames.plot]: plotLoss(training, validation),
      [fileNames.checkpoint]: writeCheckpoint(checkpoint)
    })
  }

  /** Writes the model. */
  async saveModel(model: Model): Promise<void> {
    const type = this.description.precision === 'f16' ? 'F16' : 'F32'
    await writeFiles(this.folder, modelFiles(model, type))
  }
}

function parseMetrics(bytes: Buffer): MetricsLine[] {
  const lines = bytes.toString().split('\n').filter(Boolean)
  return lines.map(line => JSON.parse(line) as MetricsLine)
}

async function read<T>(folder: string, name: string, parse: (content: Buffer) => T): Promise<T> {
  const path = join(folder, name)
  if ((await kindOf(path)) === 'none')
    throw new CommandError(`${folder}: nothing to resume: ${name} is not there`)
  const content = await naming(path, () => readFile(path))
  return naming(path, () => parse(content))
}
