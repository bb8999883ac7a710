import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type MlstmModel, mlstm } from '@vgm/mlstm'
import { type Checkpoint, modelFileNames, modelFiles, readCheckpoint, writeCheckpoint } from '@vgm/nn'
import { writeFiles } from '@vgm/nn/node'
import { CommandError, UsageError } from './errors.js'
import { kindOf, naming } from './files.js'
import { type LossPoint, plotLoss } from './loss-plot.js'
import { formatMetrics, type MetricsLine, parseMetrics } from './metrics-file.js'
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

const fileNames = {
  checkpoint: 'checkpoint.safetensors',
  run: 'run.json',
  metrics: 'metrics.jsonl',
  plot: 'loss.svg'
} as const

/** The folder of a training run: the best model so far, and what is needed to go on. Nothing is written before there is one. */
export class TrainingRun {
  /** Lines that are not in the file yet. */
  #pending: MetricsLine[]
  readonly #training: LossPoint[] = []
  readonly #validation: LossPoint[] = []
  /** Whether the file is there and holds nothing else than what came before the pending lines. */
  #isFileCurrent = false
  #isPlotCurrent = false

  private constructor(
    readonly folder: string,
    readonly description: RunDescription,
    metrics: readonly MetricsLine[] = [],
    readonly checkpoint?: Checkpoint
  ) {
    this.#pending = []
    for (const line of metrics) this.record(line)
  }

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
      readCheckpoint(mlstm, new Uint8Array(bytes), join(folder, fileNames.checkpoint))
    )
    const { step } = checkpoint.position
    const metrics = await read(folder, fileNames.metrics, bytes => parseMetrics(bytes.toString(), step))
    return new TrainingRun(folder, began, metrics, checkpoint)
  }

  /** Adds a line to the metrics; it is written with the next checkpoint. */
  record(line: MetricsLine): void {
    this.#pending.push(line)
    this.#isPlotCurrent = false
    const { epoch, loss, validation } = line
    if (loss !== undefined) this.#training.push({ epoch, loss })
    if (validation !== undefined) this.#validation.push({ epoch, loss: validation })
  }

  /** Writes the checkpoint, and adds the metrics since the last one to their file. */
  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    const { settings: trained, batches } = checkpoint
    const settings = { ...trained, ...batches }
    const metrics = formatMetrics(this.#pending)
    if (this.#isFileCurrent) await appendFile(join(this.folder, fileNames.metrics), metrics)
    await writeFiles(this.folder, {
      ...(!this.#isFileCurrent && { [fileNames.metrics]: metrics }),
      [fileNames.run]: `${JSON.stringify({ ...this.description, settings }, null, 2)}\n`,
      [fileNames.checkpoint]: writeCheckpoint(mlstm, checkpoint)
    })
    this.#pending = []
    this.#isFileCurrent = true
  }

  /** Draws the curves of all metrics, unless they are drawn already. */
  async savePlot(): Promise<void> {
    if (this.#isPlotCurrent) return
    await writeFiles(this.folder, { [fileNames.plot]: plotLoss(this.#training, this.#validation) })
    this.#isPlotCurrent = true
  }

  /** Writes the model. */
  async saveModel(model: MlstmModel): Promise<void> {
    const type = this.description.precision === 'f16' ? 'F16' : 'F32'
    await writeFiles(this.folder, modelFiles(model, type))
  }
}

async function read<T>(folder: string, name: string, parse: (content: Buffer) => T): Promise<T> {
  const path = join(folder, name)
  if ((await kindOf(path)) === 'none')
    throw new CommandError(`${folder}: nothing to resume: ${name} is not there`)
  const content = await naming(path, () => readFile(path))
  return naming(path, () => parse(content))
}
