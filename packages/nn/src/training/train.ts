import { type Cancel, createRandom, requireInteger, restoreRandom } from '@vgm/base'
import type { TrainableArchitecture } from '../architecture.js'
import { reusePrograms } from '../engines/reuse-programs.js'
import type { Engine, Value } from '../engines/types.js'
import { endOfRun } from '../runs/extend-run.js'
import { type Checkpoint, requireFiniteCheckpoint, type TrainPosition } from '../storage/checkpoint.js'
import type { Weights } from '../weights.js'
import type { BatchSource } from './batches/source.js'
import { learningRateAt } from './optimizer.js'
import { requireSameRun, resolveSettings, type TrainSettings } from './train-settings.js'
import { initialArrays, parametersOf, Trainer } from './trainer.js'

/**
 * Measures a model after every epoch; less is better.
 *
 * @param parameters Where they are: host arrays, or handles of the engine that trains.
 * @returns A mean cross-entropy in nats.
 * @throws The signal's reason, if it stops the measuring.
 */
export type Validation = (
  parameters: Readonly<Record<string, Value>>,
  options: { readonly engine: Engine } & Cancel
) => Promise<number>

/** What {@link train} needs besides the architecture, its sizes and the data. */
export interface TrainOptions extends Partial<TrainSettings> {
  readonly engine: Engine
  /** Measures the model after every epoch, as `pieceValidation` does. Without it the last epoch counts as the best. */
  readonly validation?: Validation
  /** Steps between checkpoints within an epoch; there is always one after an epoch. Default 100. */
  readonly checkpointSteps?: number
  /** The weights to begin with, such as those of a model that is to learn more; fresh ones by default. */
  readonly initial?: Weights
  /** Continue here. Settings are then the checkpoint's, and those given must agree with it. */
  readonly resume?: Checkpoint
  /**
   * Stops after the current step: a checkpoint is yielded, then the generator rejects with the signal's reason. A validation
   * that is under way is broken off; a run that is resumed from the checkpoint begins it again.
   */
  readonly signal?: AbortSignal
}

/** What happens during training, in order. Losses are in nats per word; `epoch` and `step` count from 1. */
export type TrainEvent =
  | {
      readonly type: 'step'
      readonly epoch: number
      readonly step: number
      readonly loss: number
      /** The gradients' joint norm before clipping. */
      readonly norm: number
      readonly learningRate: number
      /** Words learnt from in this step. */
      readonly words: number
      /** Share of the whole run that is done, from 0 to 1. */
      readonly progress: number
    }
  | { readonly type: 'epoch'; readonly epoch: number; readonly loss: number }
  | {
      readonly type: 'validation'
      readonly epoch: number
      readonly crossEntropy: number
      /** The weights, if no epoch before was as good. A cross-entropy that is not finite is never the best. */
      readonly improved?: Weights
    }
  | { readonly type: 'checkpoint'; readonly checkpoint: Checkpoint }

const start: Omit<TrainPosition, 'random'> = {
  epoch: 0,
  shard: 0,
  batch: 0,
  step: 0,
  epochLoss: 0,
  epochSteps: 0,
  best: null
}

/** What the validation measures; nothing if the signal stops it. */
async function validate<Config>(
  engine: Engine,
  { validation, signal }: TrainOptions,
  { parameters }: Trainer<Config>
): Promise<number | undefined> {
  try {
    return await validation?.(parameters, { engine, signal })
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) return undefined
    throw error
  }
}

/**
 * Trains a model, step by step, as the caller asks for the next event.
 *
 * Each epoch reads the batches of `data`, shard by shard. Adam; learning rate with linear warm-up and linear decay to zero. Where
 * batches carry on from each other, so does the state; the gradient ends at the batch.
 *
 * @param config The sizes of the model.
 * @throws {InvalidOptionError} if a setting is out of range or disagrees with the checkpoint that is resumed.
 * @throws {ShapeError} if the initial weights are of another size.
 * @throws {NotFiniteError} if training diverges: a loss, the norm of a gradient (from 1.8e19 on), or a weight of a checkpoint
 *   is not finite. The last checkpoint is from before.
 */
export async function* train<Config>(
  architecture: TrainableArchitecture<Config>,
  config: Config,
  data: BatchSource,
  options: TrainOptions
): AsyncGenerator<TrainEvent> {
  const { engine, validation, resume, signal, initial, checkpointSteps = 100 } = options
  requireInteger('train', 'checkpointSteps', checkpointSteps, 1)
  const settings = resolveSettings(options, architecture, resume)
  const { epochs, seed } = settings
  if (resume !== undefined) requireSameRun(architecture, config, data, resume)

  const root = createRandom(seed)
  const random = resume === undefined ? root.fork('data') : restoreRandom(resume.position.random)
  let { epoch, shard, batch: k, step, epochLoss, epochSteps, best } = resume?.position ?? start
  const { shards, batch } = data
  const arrays =
    resume?.arrays ??
    initialArrays(architecture, config, batch, initial ?? architecture.initial(config, root.fork('weights')))
  const trainer = new Trainer(
    { engine, architecture, config, settings, batch, chance: root.fork('dropout') },
    arrays
  )

  // Validations compile the same programs after every epoch.
  const measuring = reusePrograms(engine)
  const checkpoint = async (shardRandom: readonly number[]): Promise<TrainEvent> => {
    const random = [...shardRandom]
    const position = { epoch, shard, batch: k, step, epochLoss, epochSteps, best, random }
    const checkpoint: Checkpoint = {
      architecture: architecture.format,
      config: { ...config } as Record<string, unknown>,
      size: data.size,
      batches: { ...data.settings, batch },
      settings,
      position,
      arrays: await trainer.read()
    }
    requireFiniteCheckpoint(checkpoint)
    return { type: 'checkpoint', checkpoint }
  }

  try {
    while (endOfRun({ settings, position: { epoch, best } }) === undefined) {
      const shardRandom = random.state()
      const batches = await data.shard(shard, random)
      while (k < batches.length) {
        const learningRate = learningRateAt(
          settings,
          step,
          (epoch + (shard + k / batches.length) / shards) / epochs
        )
        const current = batches.at(k)
        const { loss, norm } = await trainer.step(current, ++step, learningRate)
        epochLoss += loss
        epochSteps++
        k++
        const progress = (epoch + (shard + k / batches.length) / shards) / epochs
        const { words } = current
        yield { type: 'step', epoch: epoch + 1, step, loss, norm, learningRate, words, progress }
        const stops = signal?.aborted === true
        const endsEpoch = k === batches.length && shard === shards - 1
        if (stops || (step % checkpointSteps === 0 && !endsEpoch)) yield await checkpoint(shardRandom)
        signal?.throwIfAborted()
      }
      if (shard + 1 < shards) {
        k = 0
        shard++
        continue
      }
      // Before the epoch is announced: a run that is stopped meanwhile goes on after its last step.
      const crossEntropy = await validate(measuring, options, trainer)
      if (validation !== undefined && crossEntropy === undefined) {
        yield await checkpoint(shardRandom)
        throw signal?.reason
      }
      yield { type: 'epoch', epoch: epoch + 1, loss: epochLoss / epochSteps }
      epoch++
      k = shard = epochLoss = epochSteps = 0
      if (crossEntropy !== undefined) {
        const isBest = best === null || crossEntropy < best.crossEntropy
        const improves = Number.isFinite(crossEntropy) && isBest
        if (improves) best = { crossEntropy, epoch }
        const improved = improves && { improved: parametersOf(await trainer.read()) }
        yield { type: 'validation', epoch, crossEntropy, ...improved }
      }
      yield await checkpoint(random.state())
      signal?.throwIfAborted()
    }
  } finally {
    trainer.dispose()
    measuring.dispose()
  }
}
