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
export { contentDigest, type HashedFile } from './download/content-digest.js'
export {
  ArchiveLimitError,
  type ArchiveLimitName,
  BadArchiveError,
  ChecksumError,
  HttpStatusError,
  InterruptedFetchError,
  UnsafeArchiveError
} from './download/errors.js'
export { type FetchedDataset, type FetchOptions, fetchDataset } from './download/fetch-dataset.js'
export { type DatasetSource, datasetSource, datasetSources } from './download/sources.js'
export type { ArchiveLimits } from './download/unzip.js'
export {
  DatasetError,
  FolderExistsError,
  InvalidCellError,
  InvalidRowError,
  MissingColumnError,
  MissingFileError,
  NoMidiFilesError,
  NothingReadError,
  type RowReference,
  UnreadableScoreError
} from './errors.js'
export { type LabelledPhrase, labelledPhrases } from './loaders/labelled-phrases.js'
export { listMidiFiles, type MidiFiles } from './loaders/list-midi-files.js'
export type { Quadrant } from './loaders/quadrant.js'
export { readScore } from './loaders/read-score.js'
export {
  type LoadOptions,
  type SentimentPhrase,
  type SplitName,
  type UnlabelledPiece,
  vgmidi,
  vgmidiUnlabelled
} from './loaders/vgmidi.js'
export { type QuadrantOptions, type QuadrantPhrase, type SliceCount, vgmidi4q } from './loaders/vgmidi-4q.js'
export { type AnnotatedPhrase, vgmidiAnnotated } from './loaders/vgmidi-annotated.js'
export {
  findInFolder,
  findMidiFiles,
  type MidiSource,
  type ReadEachOptions,
  readEach
} from './music/midi-sources.js'
export { type Music, type MusicData, type ReadMusicOptions, readMusic } from './music/read-music.js'
export { type Piece, type PieceOptions, type ReadPiecesOptions, readPieces } from './music/read-pieces.js'
export { type EncodeShardsOptions, encodeShards } from './shards/encode-shards.js'
export { DamagedShardError, NothingToEncodeError, ShardFolderError } from './shards/errors.js'
export { readManifest, type ShardManifest } from './shards/manifest.js'
export { openShards, type ShardFolder } from './shards/open-shards.js'
export type { Shard } from './shards/shard-format.js'
export {
  type FolderStatistics,
  type FolderStatisticsOptions,
  folderStatistics,
  type SkippedFile
} from './statistics/folder-statistics.js'
