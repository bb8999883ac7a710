export { type Backend, type BackendChoice, backendPackages, nodeEngine } from './engines/backends.js'
export type { MetricsLine } from './runs/metrics-lines.js'
export {
  type GivenTerms,
  type MusicDigest,
  type RunTerms,
  runTermsOf
} from './runs/run-terms.js'
export { type RunSummary, summarizeRun } from './runs/summarize-run.js'
export {
  type RunEnd,
  type RunMusic,
  type RunTokenizer,
  resumeOnMusic,
  type TrainOnMusicOptions,
  trainOnMusic
} from './runs/train-on-music.js'
export { type RunEvent, type RunSettings, type TrainRunOptions, trainRun } from './runs/train-run.js'
export { type LossPoint, type ResumeRunOptions, TrainingRun } from './runs/training-run.js'
export { folder, writeFiles } from './storage/folder.js'
