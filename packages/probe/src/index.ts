export { InvalidOptionError, JsonError, ShapeError } from '@vgm/base'
export {
  FoldsError,
  InvalidFeatureError,
  InvalidLabelError,
  OneClassError,
  ProbeMismatchError
} from './errors.js'
export {
  type ProbeFile,
  type ProbeNotes,
  probeFromJson,
  probeToJson,
  type ValidationRecord
} from './file/probe-json.js'
export { joinColumns } from './matrix.js'
export { type NeuronWeight, neuronsOf } from './neurons.js'
export { predict, probabilities } from './predict.js'
export { confusionChart, formatConfusion, reliabilityChart, weightsChart } from './report.js'
export { fit, path } from './solver/fit.js'
export { fitStandardizer, type Standardizer, standardize } from './standardize.js'
export type { FitOptions, Matrix, Penalty, Probe } from './types.js'
export { type BootstrapOptions, bootstrapInterval } from './validation/bootstrap.js'
export { type Candidate, type Choice, type Criterion, chooseC, defaultCs } from './validation/choose-c.js'
export {
  type CrossValidation,
  type CrossValidationOptions,
  crossValidate,
  type FoldResult,
  type Protocol
} from './validation/cross-validate.js'
export { type DealOptions, dealGroups } from './validation/deal-groups.js'
export { type FoldOptions, type Groups, makeFolds } from './validation/folds.js'
export type { PermutationBaseline, PermutedScore } from './validation/permutation.js'
export { type Reliability, type ReliabilityBin, reliability } from './validation/reliability.js'
export { type ConfusionMatrix, confusionMatrix, type Scores, score } from './validation/scores.js'
export { type Summaries, type Summary, summarize } from './validation/summary.js'
