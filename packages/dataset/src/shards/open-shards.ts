import { readFile } from 'node:fs/promises'
import { DamagedShardError, ShardFolderError } from './errors.js'
import { manifestName, readManifest, type ShardManifest, shardFile } from './manifest.js'
import { readShard, type Shard } from './shard-format.js'

/** A folder of shards, read one at a time. */
export interface ShardFolder {
  readonly manifest: ShardManifest
  /** The number of shards. */
  readonly shards: number
  /** The number of pieces in all shards. */
  readonly size: number
  /** The number of ids in all shards. */
  readonly words: number
  /**
   * Reads shard `index`, from 0.
   *
   * @throws {DamagedShardError} if its file is not what was written.
   */
  shard(index: number): Promise<Shard>
}

/**
 * Opens what `encodeShards` wrote; `undefined` if the folder holds no shards.
 *
 * @throws {ShardFolderError} if its manifest is damaged, or some shards are not written yet.
 */
export async function openShards(folder: string): Promise<ShardFolder | undefined> {
  const manifest = await readManifest(folder)
  if (manifest === undefined) return undefined
  const written = manifest.shards.filter(shard => shard !== null)
  const missing = manifest.shards.length - written.length
  if (missing > 0) {
    const some = `${missing} of ${manifest.shards.length} shards are not written yet`
    throw new ShardFolderError(folder, `${some}: resume the encoding that was stopped`)
  }
  return {
    manifest,
    shards: written.length,
    size: written.reduce((total, { pieces }) => total + pieces, 0),
    words: written.reduce((total, { words }) => total + words, 0),
    async shard(index) {
      const file = shardFile(folder, index)
      const shard = readShard(await readFile(file), file)
      const expected = written[index]
      if (
        shard.size !== expected?.pieces ||
        shard.words !== expected.words ||
        shard.vocabularyHash !== manifest.vocabulary.hash
      ) {
        throw new DamagedShardError(file, `is not the one that ${manifestName} describes`)
      }
      return shard
    }
  }
}
