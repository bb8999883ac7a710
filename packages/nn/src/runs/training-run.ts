import { appendFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { JsonError, parseJson } from '@vgm/base'
import type * as v from 'valibot'
import type { TrainableArchitecture } from '../architecture.js'
import { RunExistsError, RunFolderError } from '../errors.js'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../storage/checkpoint.js'
import { writeFiles } from '../storage/folder.js'
import { modelFileNames } from '../storage/model.js'
import { formatMetrics, type MetricsLine, parseMetrics } from './metrics-lines.js'

const fileNames = {
  checkpoint: 'checkpoint.safetensors',
  run: 'run.json',
  metrics: 'metrics.jsonl'
} as const

/** One point of a loss curve: the epoch as a real number, the loss in nats per word. */
export interface LossPoint {
  readonly epoch: number
  readonly loss: number
}

/** What {@link TrainingRun.resume} needs to read a run. */
export interface ResumeRunOptions<Config, Description> {
  readonly architecture: TrainableArchitecture<Config>
  /** What the run's description has to be: a valibot schema. */
  readonly description: v.GenericSchema<unknown, Description>
}

/**
 * The folder of a training run: `checkpoint.safetensors`, `metrics.jsonl` and `run.json`, and beside them the files of the best
 * model so far. Nothing is written before the first checkpoint.
 *
 * @typeParam Description What the run began with and has to keep to when it is resumed, besides the settings: plain JSON.
 */
export class TrainingRun<Description extends object> {
  /** Lines that are not in the file yet. */
  #pending: MetricsLine[]
  readonly #training: LossPoint[] = []
  readonly #validation: LossPoint[] = []
  /** Whether the file is there and holds nothing else than what came before the pending lines. */
  #isFileCurrent = false

  private constructor(
    readonly folder: string,
    readonly description: Description,
    metrics: readonly MetricsLine[] = [],
    /** Where a run that is resumed stood. */
    readonly checkpoint?: Checkpoint
  ) {
    this.#pending = []
    for (const line of metrics) this.record(line)
  }

  /**
   * A new run.
   *
   * @throws {RunExistsError} if the folder holds a run or a model.
   */
  static async begin<Description extends object>(
    folder: string,
    description: Description
  ): Promise<TrainingRun<Description>> {
    for (const name of [fileNames.checkpoint, modelFileNames.description]) {
      if (await exists(join(folder, name))) throw new RunExistsError(folder, name)
    }
    return new TrainingRun(folder, description)
  }

  /**
   * A run that was stopped.
   *
   * @throws {RunFolderError} if there is none, or a file of it is damaged.
   * @throws {ModelFormatError} if its checkpoint is damaged, or of another architecture.
   */
  static async resume<Config, Description extends object>(
    folder: string,
    { architecture, description: schema }: ResumeRunOptions<Config, Description>
  ): Promise<TrainingRun<Description>> {
    const began = await read(folder, fileNames.run, (bytes, path) => {
      try {
        return parseJson(schema, bytes.toString())
      } catch (cause) {
        if (!(cause instanceof JsonError)) throw cause
        throw new RunFolderError(path, cause.problem, { cause })
      }
    })
    const checkpoint = await read(folder, fileNames.checkpoint, (bytes, path) =>
      readCheckpoint(architecture, new Uint8Array(bytes), path)
    )
    const { step } = checkpoint.position
    const metrics = await read(folder, fileNames.metrics, (bytes, path) =>
      parseMetrics(bytes.toString(), step, path)
    )
    return new TrainingRun(folder, began, metrics, checkpoint)
  }

  /** The loss of every step, and that of every validation, those from before it was resumed included. */
  get losses(): { readonly training: readonly LossPoint[]; readonly validation: readonly LossPoint[] } {
    return { training: this.#training, validation: this.#validation }
  }

  /** Adds a line to the metrics; it is written with the next checkpoint. */
  record(line: MetricsLine): void {
    this.#pending.push(line)
    const { epoch, loss, validation } = line
    if (loss !== undefined) this.#training.push({ epoch, loss })
    if (validation !== undefined) this.#validation.push({ epoch, loss: validation })
  }

  /** Writes the checkpoint, and adds the metrics since the last one to their file. */
  async saveCheckpoint<Config>(
    architecture: TrainableArchitecture<Config>,
    checkpoint: Checkpoint
  ): Promise<void> {
    const { settings: trained, batches } = checkpoint
    const settings = { ...trained, ...batches }
    const metrics = formatMetrics(this.#pending)
    if (this.#isFileCurrent) await appendFile(join(this.folder, fileNames.metrics), metrics)
    await writeFiles(this.folder, {
      ...(!this.#isFileCurrent && { [fileNames.metrics]: metrics }),
      [fileNames.run]: `${JSON.stringify({ ...this.description, settings }, null, 2)}\n`,
      [fileNames.checkpoint]: writeCheckpoint(architecture, checkpoint)
    })
    this.#pending = []
    this.#isFileCurrent = true
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

async function read<T>(
  folder: string,
  name: string,
  parse: (content: Buffer, path: string) => T
): Promise<T> {
  const path = join(folder, name)
  if (!(await exists(path))) {
    throw new RunFolderError(folder, `nothing to resume: ${name} is not there`)
  }
  return parse(await readFile(path), path)
}
