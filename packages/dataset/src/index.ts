export { InvalidOptionError } from '@vgm/base'
export {
  type Agreement,
  krippendorffAlpha,
  meanPairwiseCorrelation,
  measureAgreement
} from './annotations/agreement.js'
export { clusterCompleteLinkage } from './annotations/clustering/cluster-complete-linkage.js'
export {
  clusterMedoids,
  type MedoidClusters,
  type MedoidOptions
} from './annotations/clustering/cluster-medoids.js'
export { type DistanceMatrix, distanceMatrix } from './annotations/clustering/distance-matrix.js'
export { type DtwOptions, dtwDistance } from './annotations/clustering/dtw-distance.js'
export { type CutOptions, type CutPhrase, type CutPiece, cutPhrases } from './annotations/cut-phrases.js'
export {
  AnnotationFileError,
  InvalidAnnotationError,
  InvalidSeriesError,
  TooFewAnnotationsError
} from './annotations/errors.js'
export { movingAverage } from './annotations/moving-average.js'
export { type AnnotationFile, parseAnnotations } from './annotations/parse-annotations.js'
export { type PlotOptions, plotClusterSummary, plotSignSummary } from './annotations/plot-summary.js'
export {
  type AnnotationCluster,
  type ClusterRuleOptions,
  type ClusterSummary,
  summarizeByClusters,
  vgmidi01Rule
} from './annotations/summarize-by-clusters.js'
export {
  type AxisRatings,
  type SignAxis,
  type SignRuleOptions,
  type SignSummary,
  summarizeBySign
} from './annotations/summarize-by-sign.js'
export type { AnnotatedPiece, Annotation, PhraseSpan, Sign } from './annotations/types.js'
export { zScores } from './annotations/z-scores.js'
export {
  DatasetError,
  InvalidCellError,
  InvalidRowError,
  MissingColumnError,
  MissingFileError,
  type RowReference,
  UnreadableScoreError
} from './errors.js'
export { DamagedShardError } from './shards/errors.js'
export { readShard, type Shard } from './shards/shard-format.js'
export { type FoldOptions, kFolds, type Split, type SplitOptions, splitByPiece } from './splits.js'
export type { Bin, Distribution } from './statistics/distribution.js'
export { type StatisticsPart, type StatisticsPlot, statisticsPlots } from './statistics/plots.js'
export {
  createStatisticsCounter,
  type DatasetStatistics,
  datasetStatistics,
  type LabelledScore,
  type NamedCount,
  type StatisticsCounter
} from './statistics/statistics.js'
export { statisticsRows } from './statistics/statistics-rows.js'
