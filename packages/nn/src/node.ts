export { type Backend, type BackendChoice, backendPackages, nodeEngine } from './engines/backends.js'
export type { MetricsLine } from './runs/metrics-lines.js'
export {
  differingTerm,
  type GivenTerms,
  type MusicDigest,
  type RunTerms,
  runTermsOf,
  runTermsSchema
} from './runs/run-terms.js'
export { type RunEvent, type RunSettings, type TrainRunOptions, trainRun } from './runs/train-run.js'
export { type LossPoint, type ResumeRunOptions, TrainingRun } from './runs/training-run.js'
export { folder, writeFiles } from './storage/folder.js'
