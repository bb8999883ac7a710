import { DatasetError } from '../errors.js'

/** A file that should be a shard cannot be read as one. */
export class DamagedShardError extends DatasetError {
  override readonly name = 'DamagedShardError'
  readonly file: string

  constructor(file: string, problem: string) {
    super('DAMAGED_SHARD', `${file}: ${problem}`)
    this.file = file
  }
}

/** An id that the shard's vocabulary does not have. */
export class InvalidIdError extends DatasetError {
  override readonly name = 'InvalidIdError'
  readonly id: number
  readonly vocabularySize: number

  constructor(caller: string, id: number, vocabularySize: number) {
    super('INVALID_ID', `id expected an integer from 0 to ${vocabularySize - 1}, got ${id}`, { caller })
    this.id = id
    this.vocabularySize = vocabularySize
  }
}

/** A folder of shards that is not what was asked for: another encoding, or one that was stopped. */
export class ShardFolderError extends DatasetError {
  override readonly name = 'ShardFolderError'
  readonly folder: string

  constructor(folder: string, problem: string, options?: ErrorOptions) {
    super('SHARD_FOLDER', `${folder}: ${problem}`, options)
    this.folder = folder
  }
}

/** None of the files could be encoded. */
export class NothingToEncodeError extends DatasetError {
  override readonly name = 'NothingToEncodeError'
  /** The reason, by file. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]

  constructor(skipped: readonly { readonly file: string; readonly reason: string }[]) {
    const first = skipped[0] === undefined ? '' : `, such as ${skipped[0].file}: ${skipped[0].reason}`
    super('NOTHING_TO_ENCODE', `none of ${skipped.length} files can be encoded${first}`, {
      caller: 'encodeShards'
    })
    this.skipped = skipped
  }
}
