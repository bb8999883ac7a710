import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Checkpoint,
  type Model,
  modelFiles,
  readCheckpoint,
  type StoredType,
  writeCheckpoint
} from '@vgm/mlstm'
import { writeFiles } from '@vgm/mlstm/node'
import { CommandError, UsageError } from './errors.js'
import { kindOf } from './files.js'
import { type LossPoint, plotLoss } from './loss-plot.js'

/** What must be the same when a run is resumed, besides the settings that the checkpoint holds. */
export interface RunDescription {
  readonly augment: boolean
  /** Digests of the encoded music. */
  readonly training: string
  readonly validation: string | null
}

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

const files = {
  checkpoint: 'checkpoint.safetensors',
  run: 'run.json',
  metrics: 'metrics.jsonl',
  plot: 'loss.svg'
} as const

/** A digest of encoded pieces. */
export function digestOf(pieces: readonly Uint16Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** The folder of a training run: the best model so far, and what is needed to go on. */
export class TrainingRun {
  #metrics: MetricsLine[] = []

  private constructor(
    readonly folder: string,
    readonly description: RunDescription,
    readonly checkpoint?: Checkpoint
  ) {}

  /** A new run. Refuses a folder that holds one. */
  static async begin(folder: string, description: RunDescription): Promise<TrainingRun> {
    for (const name of [files.checkpoint, 'model.json']) {
      if ((await kindOf(join(folder, name))) === 'none') continue
      throw new UsageError(`${folder}: holds a ${name} already; go on with --resume, or choose another --out`)
    }
    await writeFiles(folder, { [files.run]: `${JSON.stringify(description, null, 2)}\n` })
    return new TrainingRun(folder, description)
  }

  /** A run that was stopped. Refuses other music or augmentation than it began with. */
  static async resume(folder: string, description: RunDescription): Promise<TrainingRun> {
    const read = (name: string) =>
      readFile(join(folder, name)).catch(() => {
        throw new CommandError(`${folder}: nothing to resume: ${name} is not there`)
      })
    const began = JSON.parse((await read(files.run)).toString()) as RunDescription
    for (const key of ['augment', 'training', 'validation'] as const) {
      if (began[key] === description[key]) continue
      const what = key === 'augment' ? '--no-augment' : `the ${key} music`
      throw new UsageError(`${folder}: ${what} is not what this run began with`)
    }
    const checkpoint = readCheckpoint(
      new Uint8Array(await read(files.checkpoint)),
      join(folder, files.checkpoint)
    )
    const run = new TrainingRun(folder, description, checkpoint)
    const lines = (await read(files.metrics)).toString().split('\n').filter(Boolean)
    run.#metrics = lines
      .map(line => JSON.parse(line) as MetricsLine)
      .filter(line => line.step <= checkpoint.position.step)
    return run
  }

  /** Adds a line to the metrics; it is written with the next checkpoint. */
  record(line: MetricsLine): void {
    this.#metrics.push(line)
  }

  /** Writes the checkpoint with the metrics and the plot up to it. */
  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const training: LossPoint[] = []
    const validation: LossPoint[] = []
    for (const { epoch, loss, validation: measured } of this.#metrics) {
      if (loss !== undefined) training.push({ epoch, loss })
      if (measured !== undefined) validation.push({ epoch, loss: measured })
    }
    await writeFiles(this.folder, {
      [files.metrics]: this.#metrics.map(line => `${JSON.stringify(line)}\n`).join(''),
      [files.plot]: plotLoss(training, validation),
      [files.checkpoint]: writeCheckpoint(checkpoint)
    })
  }

  /** Writes the model. */
  async saveModel(model: Model, type: StoredType): Promise<void> {
    await writeFiles(this.folder, modelFiles(model, type))
  }
}
