export { type Candidate, type Choice, type Criterion, chooseC, defaultCs } from './choose-c.js'
export {
  type CrossValidation,
  type CrossValidationOptions,
  crossValidate,
  type FoldResult,
  type Protocol
} from './cross-validate.js'
export {
  FoldsError,
  InvalidFeatureError,
  InvalidLabelError,
  InvalidOptionError,
  OneClassError,
  ProbeError,
  type ProbeErrorCode,
  ProbeFormatError,
  ShapeError
} from './errors.js'
export { fit, path } from './fit.js'
export { type FoldOptions, type Groups, makeFolds } from './folds.js'
export { joinColumns } from './matrix.js'
export { type NeuronWeight, neuronsOf } from './neurons.js'
export type { PermutationBaseline, PermutedScore } from './permutation.js'
export { predict, probabilities } from './predict.js'
export {
  type ProbeFile,
  type ProbeNotes,
  probeFromJson,
  probeToJson,
  type ValidationRecord
} from './probe-json.js'
export { type Reliability, type ReliabilityBin, reliability } from './reliability.js'
export { confusionChart, formatConfusion, reliabilityChart, weightsChart } from './report.js'
export { type ConfusionMatrix, confusionMatrix, type Scores, score } from './scores.js'
export { fitStandardizer, type Standardizer, standardize } from './standardize.js'
export { type Summaries, type Summary, summarize } from './summary.js'
export type { FitOptions, Matrix, Penalty, Probe } from './types.js'
