import {
  type Checkpoint,
  requireFiniteCheckpoint,
  type TrainPosition,
  type TrainSettings
} from './checkpoint.js'
import { requireInteger } from './errors.js'
import { evaluateParameters } from './evaluate.js'
import { requireWordIds } from './ids.js'
import { cutLanes, inShards, type ShardedData, shuffledStream, type TrainingData } from './lanes.js'
import { createRandom, restoreRandom } from './random.js'
import { learningRateAt } from './schedule.js'
import { requireSameRun, resolveSettings } from './train-settings.js'
import { initialArrays, Trainer, toWeights } from './trainer.js'
import type { Engine, ModelConfig, Weights } from './types.js'

/** What {@link train} needs besides the sizes and the data. */
export interface TrainOptions extends Partial<TrainSettings> {
  readonly engine: Engine
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** Pieces to validate on after every epoch. Without them the last epoch counts as the best. */
  readonly validation?: readonly ArrayLike<number>[]
  /** Steps between checkpoints within an epoch; there is always one after an epoch. Default 100. */
  readonly checkpointSteps?: number
  /** The weights to begin with, such as those of a model that is to learn more; fresh ones by default. */
  readonly initial?: Weights
  /** Continue here. Settings are then the checkpoint's, and those given must agree with it. */
  readonly resume?: Checkpoint
  /**
   * Stops after the current step, with a checkpoint. A validation that is under way is broken off; a run that is resumed
   * from the checkpoint begins it again.
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
  window: 0,
  step: 0,
  epochLoss: 0,
  epochSteps: 0,
  best: null
}

/** Whether the run is over: all epochs done, or none of the last `patience` was better than the best before. */
function isOver({ epochs, patience }: TrainSettings, epoch: number, best: TrainPosition['best']): boolean {
  return epoch >= epochs || (best !== null && patience > 0 && epoch - best.epoch >= patience)
}

/** The validation's cross-entropy in nats per word; nothing if the signal stops it. */
async function validate(
  { engine, endOfPiece, validation = [], signal }: TrainOptions,
  config: ModelConfig,
  trainer: Trainer
): Promise<number | undefined> {
  const { parameters } = trainer
  try {
    const watch = signal && { signal }
    return (await evaluateParameters(engine, config, parameters, validation, endOfPiece, watch)).crossEntropy
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) return undefined
    throw error
  }
}

/**
 * Trains a model, step by step, as the caller asks for the next event.
 *
 * Each epoch reads the data shard by shard (all at once, if it is not in shards): shuffles its pieces into one stream, cuts
 * it into lanes, and walks through them window by window with the state carried along within a piece; the gradient ends at
 * the window. Adam; learning rate with linear warm-up and linear decay to zero.
 *
 * @param config The sizes of the model.
 * @throws {InvalidOptionError} if a setting is out of range or disagrees with the checkpoint that is resumed, or a word of
 *   the music is not in the vocabulary.
 * @throws {ShapeError} if the initial weights are of another size.
 * @throws {MlstmError} with code `too-few-words` if the data does not fill one window.
 * @throws {NotFiniteError} if training diverges: a loss, the norm of a gradient (from 1.8e19 on), or a weight of a checkpoint
 *   is not finite. The last checkpoint is from before.
 * @source Ferreira & Whitehead 2019, §5
 */
export async function* train(
  config: ModelConfig,
  data: TrainingData | ShardedData,
  options: TrainOptions
): AsyncGenerator<TrainEvent> {
  const { engine, endOfPiece, validation, resume, signal, initial, checkpointSteps = 100 } = options
  requireInteger('train.checkpointSteps', checkpointSteps, 1)
  requireInteger('train.endOfPiece', endOfPiece, 0, config.vocabularySize - 1)
  const settings = resolveSettings(options, resume)
  const { epochs, lanes, window } = settings
  if (resume !== undefined) requireSameRun(config, data.size, resume)
  if (validation !== undefined) requireWordIds('train.validation', validation, config.vocabularySize)

  const random = resume === undefined ? createRandom(settings.seed) : restoreRandom(resume.position.random)
  let { epoch, shard, window: k, step, epochLoss, epochSteps, best } = resume?.position ?? start
  const { shards, shard: readShard } = inShards(data)
  const arrays = resume?.arrays ?? initialArrays(config, settings, initial)
  let made: Trainer | undefined

  const checkpoint = async (trainer: Trainer, shardRandom: readonly number[]): Promise<TrainEvent> => {
    const random = [...shardRandom]
    const position = { epoch, shard, window: k, step, epochLoss, epochSteps, best, random }
    const checkpoint = { config, pieces: data.size, settings, position, arrays: await trainer.read() }
    requireFiniteCheckpoint(checkpoint)
    return { type: 'checkpoint', checkpoint }
  }

  try {
    while (!isOver(settings, epoch, best)) {
      const shardRandom = random.state()
      const stream = shuffledStream(await readShard(shard), { ...config, endOfPiece }, random)
      const { windows, windowAt } = cutLanes(stream, settings)
      // Not before it is known that the music suffices: a long window takes long to compile.
      made ??= await Trainer.create(engine, config, settings, endOfPiece, arrays)
      const trainer = made
      while (k < windows) {
        const learningRate = learningRateAt(settings, step, (epoch + (shard + k / windows) / shards) / epochs)
        const { loss, norm } = await trainer.step(windowAt(k), ++step, learningRate, k === 0)
        epochLoss += loss
        epochSteps++
        k++
        const progress = (epoch + (shard + k / windows) / shards) / epochs
        yield {
          type: 'step',
          epoch: epoch + 1,
          step,
          loss,
          norm,
          learningRate,
          words: lanes * window,
          progress
        }
        const stops = signal?.aborted === true
        const endsEpoch = k === windows && shard === shards - 1
        if (stops || (step % checkpointSteps === 0 && !endsEpoch))
          yield await checkpoint(trainer, shardRandom)
        if (stops) return
      }
      if (shard + 1 < shards) {
        k = 0
        shard++
        continue
      }
      // Before the epoch is announced: a run that is stopped meanwhile goes on after its last step.
      const crossEntropy = validation && (await validate(options, config, trainer))
      if (validation !== undefined && crossEntropy === undefined) {
        yield await checkpoint(trainer, shardRandom)
        return
      }
      yield { type: 'epoch', epoch: epoch + 1, loss: epochLoss / epochSteps }
      epoch++
      k = shard = epochLoss = epochSteps = 0
      if (crossEntropy !== undefined) {
        const isBest = best === null || crossEntropy < best.crossEntropy
        const improves = Number.isFinite(crossEntropy) && isBest
        if (improves) best = { crossEntropy, epoch }
        const improved = improves && { improved: toWeights(await trainer.read()) }
        yield { type: 'validation', epoch, crossEntropy, ...improved }
      }
      yield await checkpoint(trainer, random.state())
      if (signal?.aborted === true) return
    }
  } finally {
    made?.dispose()
  }
}
