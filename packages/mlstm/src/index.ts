export {
  type Checkpoint,
  readCheckpoint,
  type TrainPosition,
  type TrainSettings,
  writeCheckpoint
} from './checkpoint.js'
export type { Classifier } from './classifier.js'
export { eager } from './eager.js'
export {
  BackendError,
  InvalidOptionError,
  MlstmError,
  ModelFormatError,
  NotFiniteError,
  ShapeError
} from './errors.js'
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  finalStates,
  meanStates,
  type ReadingOptions
} from './evaluate.js'
export { fromUrl } from './from-url.js'
export {
  type GenerateOptions,
  generate,
  generateWithStates,
  type StreamOptions,
  stream
} from './generate.js'
export type { ShardedData, TrainingData } from './lanes.js'
export {
  type LearnSteeringOptions,
  type LearnSteeringState,
  type LearnSteeringStep,
  learnSteering
} from './learn-steering.js'
export {
  loadModel,
  type Model,
  type ModelSource,
  modelFileNames,
  modelFiles,
  type VocabularyId
} from './model.js'
export { modelDigest } from './model-digest.js'
export { initialWeights, parameterCount, parameterShapes, weightsInOrder } from './parameters.js'
export { createRandom, type Random } from './random.js'
export { type ReusingEngine, reusePrograms } from './reuse-programs.js'
export type { Grammar, RowOptions } from './row.js'
export type { StoredType } from './safetensors.js'
export type { SamplingOptions } from './sampling.js'
export type { ReadingWatch } from './sequences.js'
export type { Steering } from './steering.js'
export { type SteeringFile, steeringFromJson, steeringToJson } from './steering-file.js'
export { type StepSpec, stepConstants, stepFunction, stepSpecs } from './step.js'
export { type TrainEvent, type TrainOptions, train } from './train.js'
export { type ClassifierOptions, type LabelledSequences, trainClassifier } from './train-classifier.js'
export { defaultTrainSettings } from './train-settings.js'
export { toWeights } from './trainer.js'
export type {
  Engine,
  Handle,
  HostArray,
  ModelConfig,
  ParameterName,
  Program,
  TensorSpec,
  Value,
  Weights
} from './types.js'
