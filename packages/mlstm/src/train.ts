import { adamScalars } from './adam.js'
import type { Checkpoint, TrainPosition, TrainSettings } from './checkpoint.js'
import { InvalidOptionError, requireInteger, requirePositive } from './errors.js'
import { evaluateParameters } from './evaluate.js'
import { requireWordIds } from './ids.js'
import { cutLanes, shuffledStream, type TrainingData } from './lanes.js'
import { initialWeights, parameterNames, weightsInOrder, zeroParameters } from './parameters.js'
import { createRandom, restoreRandom } from './random.js'
import { learningRateAt } from './schedule.js'
import { trainStep, trainStepSpecs } from './train-step.js'
import type { Engine, Handle, ModelConfig, ParameterName, Value, Weights } from './types.js'

/** What {@link train} needs besides the sizes and the data. */
export interface TrainOptions extends Partial<TrainSettings> {
  readonly engine: Engine
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** Pieces to validate on after every epoch. Without them the last epoch counts as the best. */
  readonly validation?: readonly ArrayLike<number>[]
  /** Steps between checkpoints within an epoch; there is always one after an epoch. Default 100. */
  readonly checkpointSteps?: number
  /** Continue here. Settings are then the checkpoint's, and those given must agree with it. */
  readonly resume?: Checkpoint
  /** Stops after the current step, with a checkpoint. */
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
      /** The weights, if no epoch before was as good. */
      readonly improved?: Weights
    }
  | { readonly type: 'checkpoint'; readonly checkpoint: Checkpoint }

/** The settings of a run that names none. */
export const defaultTrainSettings: TrainSettings = {
  epochs: 4,
  lanes: 32,
  window: 256,
  learningRate: 4e-3,
  warmUpSteps: 100,
  maxNorm: 1,
  patience: 3,
  seed: 0
}

function resolveSettings(options: TrainOptions): TrainSettings {
  const base = options.resume?.settings ?? defaultTrainSettings
  const names = Object.keys(defaultTrainSettings) as (keyof TrainSettings)[]
  for (const name of options.resume === undefined ? [] : names) {
    const given = options[name]
    if (given === undefined || given === base[name]) continue
    throw new InvalidOptionError(
      `train.${name}`,
      `${base[name]}, as in the checkpoint that is resumed`,
      given
    )
  }
  const settings = Object.fromEntries(names.map(name => [name, options[name] ?? base[name]])) as TrainSettings
  requireInteger('train.epochs', settings.epochs, 1)
  requireInteger('train.lanes', settings.lanes, 1)
  requireInteger('train.window', settings.window, 1)
  requirePositive('train.learningRate', settings.learningRate)
  requireInteger('train.warmUpSteps', settings.warmUpSteps, 0)
  requirePositive('train.maxNorm', settings.maxNorm)
  requireInteger('train.patience', settings.patience, 0)
  return settings
}

function requireSameRun(config: ModelConfig, data: TrainingData, resume: Checkpoint): void {
  const sizes = ({ vocabularySize, embedding, units }: ModelConfig) =>
    `${vocabularySize} words, ${embedding}, ${units} units`
  if (sizes(config) !== sizes(resume.config)) {
    throw new InvalidOptionError(
      'train.config',
      `${sizes(resume.config)}, as in the checkpoint`,
      sizes(config)
    )
  }
  if (data.size !== resume.pieces) {
    throw new InvalidOptionError('train.data', `${resume.pieces} pieces, as in the checkpoint`, data.size)
  }
}

/** The tensors that one step hands to the next: on the host at first, then the engine's. */
class Carried {
  constructor(readonly values: readonly Value[]) {}

  /** Parameters, for validation. */
  get parameters(): readonly Value[] {
    return this.values.slice(0, parameterNames.length)
  }

  read(): Promise<Float32Array[]> {
    return Promise.all(
      this.values.map(async value => (('read' in value ? await value.read() : value) as Float32Array).slice())
    )
  }

  dispose(): void {
    for (const value of this.values) if ('dispose' in value) value.dispose()
  }
}

function initialArrays(config: ModelConfig, { seed, lanes }: TrainSettings): Float32Array[] {
  const parameters = weightsInOrder(config, initialWeights(config, seed))
  return [...parameters, ...zeroParameters(config), ...zeroParameters(config), ...zeroState(config, lanes)]
}

function zeroState({ units }: ModelConfig, lanes: number): [Float32Array, Float32Array] {
  return [new Float32Array(lanes * units), new Float32Array(lanes * units)]
}

/**
 * Trains a model, step by step, as the caller asks for the next event.
 *
 * Each epoch shuffles the pieces into one stream (a shard), cuts it into lanes, and walks through them window by window with
 * the state carried along; the gradient ends at the window. Adam; learning rate with linear warm-up and linear decay to zero.
 *
 * @param config The sizes of the model.
 * @throws {InvalidOptionError} if a setting is out of range or disagrees with the checkpoint that is resumed.
 * @throws {MlstmError} with code `too-few-words` if the data does not fill one window.
 * @source Ferreira & Whitehead 2019, §5
 */
export async function* train(
  config: ModelConfig,
  data: TrainingData,
  options: TrainOptions
): AsyncGenerator<TrainEvent> {
  const { engine, endOfPiece, validation, resume, signal, checkpointSteps = 100 } = options
  requireInteger('train.checkpointSteps', checkpointSteps, 1)
  requireInteger('train.endOfPiece', endOfPiece, 0, config.vocabularySize - 1)
  const settings = resolveSettings(options)
  const { epochs, lanes, window, patience } = settings
  if (resume !== undefined) requireSameRun(config, data, resume)
  if (validation !== undefined) requireWordIds('train.validation', validation, config.vocabularySize)

  const random = resume === undefined ? createRandom(settings.seed) : restoreRandom(resume.position.random)
  let {
    epoch,
    window: firstWindow,
    step,
    epochLoss,
    best
  } = resume?.position ?? {
    epoch: 0,
    window: 0,
    step: 0,
    epochLoss: 0,
    best: null as TrainPosition['best']
  }
  let carried = new Carried(resume?.arrays ?? initialArrays(config, settings))
  const program = await engine.compile(trainStep(settings.maxNorm), trainStepSpecs(config, { lanes, window }))

  const checkpoint = async (
    at: Pick<TrainPosition, 'epoch' | 'window' | 'epochLoss' | 'random'>
  ): Promise<TrainEvent> => ({
    type: 'checkpoint',
    checkpoint: {
      config,
      pieces: data.size,
      settings,
      position: { ...at, step, best },
      arrays: await carried.read()
    }
  })

  try {
    for (; epoch < epochs && !(best !== null && patience > 0 && epoch - best.epoch >= patience); epoch++) {
      const epochRandom = [...random.state()]
      const walk = cutLanes(shuffledStream(data, endOfPiece, random), { lanes, window })
      for (let k = firstWindow; k < walk.windows; k++) {
        const progress = (epoch + k / walk.windows) / epochs
        const learningRate = learningRateAt(settings, step, progress)
        step++
        const { rate, correction } = adamScalars(step, learningRate)
        const { ids, targets } = walk.window(k)
        const startsShard = k === 0
        const state = startsShard ? zeroState(config, lanes) : carried.values.slice(-2)
        const outputs = await program.run([
          ...carried.values.slice(0, -2),
          ...state,
          ids,
          targets,
          Float32Array.of(rate),
          Float32Array.of(correction)
        ])
        carried.dispose()
        carried = new Carried(outputs.slice(2))
        const [loss, norm] = await readScalars(outputs.slice(0, 2))
        epochLoss += loss!
        yield {
          type: 'step',
          epoch: epoch + 1,
          step,
          loss: loss!,
          norm: norm!,
          learningRate,
          words: lanes * window,
          progress: (epoch + (k + 1) / walk.windows) / epochs
        }
        const stops = signal?.aborted === true
        if (stops || (step % checkpointSteps === 0 && k + 1 < walk.windows)) {
          yield await checkpoint({ epoch, window: k + 1, epochLoss, random: epochRandom })
          if (stops) return
        }
      }
      yield { type: 'epoch', epoch: epoch + 1, loss: epochLoss / walk.windows }
      if (validation !== undefined) {
        const { crossEntropy } = await evaluateParameters(
          engine,
          config,
          carried.parameters,
          validation,
          endOfPiece
        )
        const improves = best === null || crossEntropy < best.crossEntropy
        if (improves) best = { crossEntropy, epoch: epoch + 1 }
        const improved = improves ? { improved: toWeights(await carried.read()) } : {}
        yield { type: 'validation', epoch: epoch + 1, crossEntropy, ...improved }
      }
      firstWindow = 0
      epochLoss = 0
      yield await checkpoint({ epoch: epoch + 1, window: 0, epochLoss, random: [...random.state()] })
      if (signal?.aborted === true) return
    }
  } finally {
    carried.dispose()
    program.dispose()
  }
}

async function readScalars(handles: readonly Handle[]): Promise<number[]> {
  const values = await Promise.all(handles.map(handle => handle.read()))
  for (const handle of handles) handle.dispose()
  return values.map(value => value[0]!)
}

/** The parameters among a checkpoint's arrays, by name. */
export function toWeights(arrays: readonly Float32Array[]): Weights {
  return Object.fromEntries(parameterNames.map((name, k) => [name, arrays[k]!])) as Record<
    ParameterName,
    Float32Array
  >
}
