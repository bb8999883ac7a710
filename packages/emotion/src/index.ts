export {
  type Analysis,
  analysisOf,
  analysisRow,
  type FileFacts,
  formOf,
  formRows,
  type JudgedAnalysis
} from './analysis/analysis.js'
export {
  type AnalyzeEachOptions,
  analyzeEach,
  type PreparedFile,
  prepareFile
} from './analysis/analyze-each.js'
export { type NamedCurve, plotCurves } from './analysis/curve-plot.js'
export { medianForm } from './composed/median-form.js'
export {
  type RealOrComposed,
  type RealOrComposedOptions,
  realOrComposed
} from './composed/real-or-composed.js'
export type { Emotion, JudgedEmotion, PhraseEmotion, UnjudgedEmotion } from './curve.js'
export {
  MissingStatesError,
  OneKindError,
  type ProbeMismatch,
  ProbeMismatchError,
  SilentMusicError,
  TooFewPhrasesError,
  UndecidedTeacherError
} from './errors.js'
export {
  type BaselineSettings,
  baselineSettings,
  type EffortChoice,
  experimentEffort
} from './experiments/effort.js'
export {
  type ReproduceSentimentOptions,
  reproduceSentiment,
  type SentimentResult
} from './experiments/reproduce-sentiment.js'
export { type SentimentReport, sentimentRows } from './experiments/sentiment-rows.js'
export type { SequenceClassifier, TrainClassifier } from './experiments/supervised-baseline.js'
export { describeScores } from './features/describe-scores.js'
export { type FeatureKind, featureKinds } from './features/feature-kind.js'
export { type FeatureSources, type Features, featuresOf } from './features/features.js'
export type { StateReader } from './features/states.js'
export { type Judge, type JudgeOptions, openJudge } from './judge.js'
export {
  type PhrasePlace,
  type Piece,
  type PieceFacts,
  type PiecePhrase,
  phraseBars,
  preparePiece
} from './piece.js'
export { probeDigest } from './probe-digest.js'
export {
  type EmotionReader,
  type JudgeEachOptions,
  judgeEach,
  judgePieces,
  openEmotionReader
} from './read.js'
export { type Assessment, assess, type EmotionTarget } from './target/assess.js'
export { type DescriptorRange, rangesOf } from './target/ranges.js'
export {
  drawPhrases,
  labelByTeacher,
  type PhraseDraw,
  type UnlabelledPhrase,
  type UnlabelledPiece
} from './training/distill.js'
export {
  type FitSentimentOptions,
  type FittedSentiment,
  fitSentiment,
  sensibleCs,
  type UnseenScores
} from './training/fit-sentiment.js'
export {
  countPhrases,
  type Example,
  type LabelledPhrase,
  type PhraseCounts,
  requireBothKinds
} from './training/phrases.js'
export { type ProbeReport, probeRemarks, reportOf, validationRows } from './training/probe-report.js'
export { type Half, splitHalves } from './training/split-halves.js'
export { type FitResult, type FitTask, type Fitter, validateAndFit } from './training/validate-and-fit.js'
export {
  type ProtocolName,
  protocols,
  type SentimentValidation,
  type ValidationEffort,
  validateSentiment
} from './training/validate-sentiment.js'
