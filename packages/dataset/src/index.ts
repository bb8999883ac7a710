export {
  DatasetError,
  InvalidCellError,
  InvalidOptionError,
  InvalidRowError,
  MissingColumnError,
  MissingFileError,
  type RowReference,
  UnreadableScoreError
} from './errors.js'
export { DamagedShardError } from './shards/errors.js'
export { readShard, type Shard } from './shards/shard-format.js'
export { type FoldOptions, kFolds, type Split, type SplitOptions, splitByPiece } from './splits.js'
