export type {
  Preparation,
  SequenceArchitecture,
  SequenceConfig,
  Settling,
  Step,
  TrainableArchitecture,
  WindowContext
} from './architecture.js'
export { floatSpecs } from './architecture.js'
export { eager } from './engines/eager.js'
export { readFiniteScalars, readValue, readValues, release } from './engines/handles.js'
export {
  compileNamed,
  type NamedFunction,
  type NamedProgram,
  prefixed,
  type Specs,
  type Tensors,
  withPrefix
} from './engines/named-program.js'
export { preparedSpecs } from './engines/prepare.js'
export { type ReusingEngine, reusePrograms } from './engines/reuse-programs.js'
export type { Engine, Handle, HostArray, Program, TensorSpec, Value } from './engines/types.js'
export {
  BackendError,
  ModelFormatError,
  NotFiniteError,
  RunExistsError,
  RunFolderError,
  RunTermsError,
  requireFinite,
  TooFewWordsError
} from './errors.js'
export { type StepFunction, type StepSpec, stepFunction } from './export/step-function.js'
export { type StepWords, stepMetadata } from './export/step-metadata.js'
export { type Loan, OpenedModel, openModel } from './open.js'
export { batchValidation } from './reading/batch-validation.js'
export {
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  pieceValidation,
  readStates
} from './reading/evaluate.js'
export { type ModelStates, modelStates } from './reading/model-states.js'
export type { ReadingWatch } from './reading/read.js'
export { endOfRun, extendRun } from './runs/extend-run.js'
export { type Guessing, type GuessingOptions, measureGuessing } from './runs/guessing.js'
export {
  type GivenSettings,
  type MusicSize,
  planTraining,
  stepsPerEpoch,
  type TrainingPlan
} from './runs/plan-training.js'
export {
  type GenerateOptions,
  generate,
  generateWithStates,
  type StreamOptions,
  stream
} from './sampling/generate.js'
export type { Constraint, Guidance, PieceOptions } from './sampling/growing-piece.js'
export { requireWordIds } from './sampling/ids.js'
export type { HeldInput, HeldInputs, SideInputs } from './sampling/inputs.js'
export { measureSpeed } from './sampling/measure-speed.js'
export { type SamplingOptions, sample } from './sampling/sampling.js'
export { type Checkpoint, readCheckpoint, type TrainPosition, writeCheckpoint } from './storage/checkpoint.js'
export { modelDigest } from './storage/digest.js'
export { fromUrl } from './storage/from-url.js'
export {
  type ConfigOf,
  type LoadOptions,
  loadModel,
  type Model,
  type ModelSource,
  modelFileNames,
  modelFiles,
  type StoredModel,
  type StoredModelOf,
  type VocabularyId
} from './storage/model.js'
export type { StoredType } from './storage/safetensors.js'
export type { Chance } from './tensors/chance.js'
export { chanceOf, noChance } from './tensors/chance.js'
export { constantProduct } from './tensors/constant-product.js'
export { crossEntropyOf, hotRows } from './tensors/cross-entropy.js'
export { registerGradients } from './tensors/gradients.js'
export { sharedProduct } from './tensors/shared-product.js'
export type { ShardedData, ToldPiece, TrainingData } from './training/batches/data.js'
export {
  type LabelledOptions,
  type LabelledSequences,
  labelledBatches,
  requireLabelled
} from './training/batches/labelled.js'
export { type LaneOptions, laneBatches } from './training/batches/lanes.js'
export { type PaddedOptions, paddedBatches } from './training/batches/padded.js'
export { type Group, groupIds, groupsByLength, type Padding } from './training/batches/padding.js'
export type { Batch, BatchSource, ShardBatches } from './training/batches/source.js'
export { type AdamNumbers, adamOnHost, adamScalars, learningRateAt } from './training/optimizer.js'
export { type TrainEvent, type TrainOptions, train, type Validation } from './training/train.js'
export { defaultTrainSettings, type TrainSettings } from './training/train-settings.js'
export { lossAndGradients, trainStep } from './training/train-step.js'
export { parametersOf } from './training/trainer.js'
export { parameterCount, requireWeights, type Shapes, sizeOf, type Weights, zeros } from './weights.js'
