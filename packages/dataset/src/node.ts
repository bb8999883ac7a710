export { InvalidOptionError } from '@vgm/base'
export {
  AnnotationFileError,
  InvalidAnnotationError,
  InvalidSeriesError,
  TooFewAnnotationsError
} from './annotations/errors.js'
export { type ReadAnnotations, readAnnotations } from './annotations/read-annotations.js'
export { type SummarizedPiece, type SummaryRule, summarizePieces } from './annotations/summarize-pieces.js'
export { type PieceReport, type WriteSummaryOptions, writeSummary } from './annotations/write-summary.js'
export { contentDigest, type HashedFile } from './content-digest.js'
export {
  DatasetError,
  FolderExistsError,
  InvalidCellError,
  InvalidRowError,
  MissingColumnError,
  MissingFileError,
  type RowReference,
  UnreadableScoreError
} from './errors.js'
export { type FetchedDataset, type FetchOptions, fetchDataset } from './fetch-dataset.js'
export {
  ArchiveLimitError,
  type ArchiveLimitName,
  BadArchiveError,
  ChecksumError,
  HttpStatusError,
  InterruptedFetchError,
  UnsafeArchiveError
} from './fetch-errors.js'
export {
  type FolderStatistics,
  type FolderStatisticsOptions,
  folderStatistics,
  type SkippedFile
} from './folder-statistics.js'
export { type LabelledPhrase, labelledPhrases } from './labelled-phrases.js'
export { listMidiFiles, type MidiFiles } from './list-midi-files.js'
export type { Quadrant } from './quadrant.js'
export { readScore } from './read-score.js'
export { type EncodeShardsOptions, encodeShards } from './shards/encode-shards.js'
export { DamagedShardError, NothingToEncodeError, ShardFolderError } from './shards/errors.js'
export { readManifest, type ShardManifest } from './shards/manifest.js'
export { openShards, type ShardFolder } from './shards/open-shards.js'
export type { Shard } from './shards/shard-format.js'
export { type DatasetSource, datasetSource, datasetSources } from './sources.js'
export type { ArchiveLimits } from './unzip.js'
export {
  type LoadOptions,
  type SentimentPhrase,
  type SplitName,
  type UnlabelledPiece,
  vgmidi,
  vgmidiUnlabelled
} from './vgmidi.js'
export { type QuadrantOptions, type QuadrantPhrase, type SliceCount, vgmidi4q } from './vgmidi-4q.js'
export { type AnnotatedPhrase, vgmidiAnnotated } from './vgmidi-annotated.js'
