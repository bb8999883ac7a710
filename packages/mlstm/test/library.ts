import {
  type Checkpoint,
  type Engine,
  type EvaluateOptions,
  evaluate as evaluateOpened,
  type GenerateOptions,
  generate as generateOpened,
  generateWithStates as generateWithStatesOpened,
  laneBatches,
  type Model,
  type OpenedModel,
  openModel,
  pieceValidation,
  type ReadingWatch,
  readCheckpoint as readCheckpointOf,
  readStates,
  type ShardedData,
  type StreamOptions,
  stream as streamOpened,
  type TrainEvent,
  type TrainingData,
  type TrainOptions,
  train as trainArchitecture,
  writeCheckpoint as writeCheckpointOf
} from '@vgm/nn'
import {
  type LearnSteeringOptions,
  type LearnSteeringStep,
  learnSteering as learnSteeringOpened,
  type MlstmConfig,
  mlstm,
  type Steering,
  steeringInputs
} from '../src/index.js'

/** The calls of `@vgm/nn` with an mLSTM that is opened for one of them: each test names its engine. */

interface OnEngine {
  readonly engine?: Engine
}

type Steered<Options> = Omit<Options, 'held'> & OnEngine & { readonly steering?: Steering }

async function withOpened<T>(
  model: Model<MlstmConfig>,
  { engine }: OnEngine,
  use: (opened: OpenedModel<MlstmConfig>) => Promise<T>
): Promise<T> {
  const opened = await openModel(model, { engine })
  try {
    return await use(opened)
  } finally {
    opened.dispose()
  }
}

const heldOf = (model: Model<MlstmConfig>, steering: Steering | undefined, count = 1) =>
  steering && { held: steeringInputs(steering, model.config, count) }

export async function* stream<State>(model: Model<MlstmConfig>, options: Steered<StreamOptions<State>>) {
  const opened = await openModel(model, options)
  try {
    yield* streamOpened(opened, { ...options, ...heldOf(model, options.steering) })
  } finally {
    opened.dispose()
  }
}

export function generate<State>(model: Model<MlstmConfig>, options: Steered<GenerateOptions<State>>) {
  return withOpened(model, options, opened =>
    generateOpened(opened, { ...options, ...heldOf(model, options.steering, options.count) })
  )
}

export function generateWithStates<State>(
  model: Model<MlstmConfig>,
  options: Steered<GenerateOptions<State>> & { readonly words: number }
) {
  return withOpened(model, options, opened =>
    generateWithStatesOpened(opened, { ...options, ...heldOf(model, options.steering, options.count) })
  )
}

export function evaluate(
  model: Model<MlstmConfig>,
  pieces: readonly ArrayLike<number>[],
  options: EvaluateOptions & OnEngine
) {
  return withOpened(model, options, opened => evaluateOpened(opened, pieces, options))
}

type Reading = ReadingWatch & OnEngine

export function finalStates(
  model: Model<MlstmConfig>,
  sequences: readonly ArrayLike<number>[],
  options: Reading = {}
) {
  return withOpened(model, options, opened => readStates(opened, sequences, { ...options, summary: 'last' }))
}

export function meanStates(
  model: Model<MlstmConfig>,
  sequences: readonly ArrayLike<number>[],
  options: Reading = {}
) {
  return withOpened(model, options, opened => readStates(opened, sequences, { ...options, summary: 'mean' }))
}

export async function* learnSteering<State>(
  model: Model<MlstmConfig>,
  options: LearnSteeringOptions<State> & OnEngine
): AsyncGenerator<LearnSteeringStep> {
  const opened = await openModel(model, options)
  try {
    yield* learnSteeringOpened(opened, options)
  } finally {
    opened.dispose()
  }
}

/** How the tests train: on lanes, validated on pieces. */
export interface LaneTraining extends Omit<TrainOptions, 'validation'> {
  readonly batch: number
  readonly window: number
  readonly endOfPiece: number
  readonly validation?: readonly ArrayLike<number>[]
}

export async function* train(
  config: MlstmConfig,
  data: TrainingData | ShardedData,
  { batch, window, endOfPiece, validation, ...options }: LaneTraining
): AsyncGenerator<TrainEvent> {
  const { vocabularySize } = config
  yield* trainArchitecture(mlstm, config, laneBatches(data, { batch, window, endOfPiece, vocabularySize }), {
    ...options,
    ...(validation && { validation: pieceValidation(mlstm, config, validation, endOfPiece) })
  })
}

export const writeCheckpoint = (checkpoint: Checkpoint) => writeCheckpointOf(mlstm, checkpoint)
export const readCheckpoint = (bytes: Uint8Array, file: string) => readCheckpointOf(mlstm, bytes, file)
