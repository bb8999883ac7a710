import { open, rename, rm } from 'node:fs/promises'
import type { EncodedPieces } from './encode-task.js'
import { idBytes, type ShardVocabulary, shardHeader, shardIndex } from './shard-format.js'

/** The size of a shard. */
export interface ShardSize {
  readonly pieces: number
  readonly words: number
}

/**
 * Writes a shard as its pieces come. The file appears when all are written, or not at all.
 *
 * @param options.count Called with each group that is written.
 * @param options.signal Stops it: the promise rejects with its reason.
 * @throws {InvalidIdError} if an id is none of the vocabulary.
 */
export async function writeShard(
  file: string,
  vocabulary: ShardVocabulary,
  groups: AsyncIterable<EncodedPieces>,
  { count, signal }: { count(group: EncodedPieces): void; signal: AbortSignal | undefined }
): Promise<ShardSize> {
  const unfinished = `${file}.part`
  const handle = await open(unfinished, 'w')
  const lengths: number[] = []
  let words = 0
  try {
    await handle.writeFile(shardHeader(vocabulary))
    for await (const group of groups) {
      signal?.throwIfAborted()
      await handle.writeFile(idBytes(group.ids, vocabulary.size))
      words += group.ids.length
      for (const length of group.lengths) lengths.push(length)
      count(group)
    }
    await handle.writeFile(shardIndex(lengths))
    await handle.sync()
    await rename(unfinished, file)
    return { pieces: lengths.length, words }
  } finally {
    await handle.close()
    await rm(unfinished, { force: true })
  }
}
