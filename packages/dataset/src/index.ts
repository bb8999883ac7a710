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
