import { fileURLToPath } from 'node:url'
import { type Tokenizer, tokenizers } from '@vgm/encoding'
import { Tinypool } from 'tinypool'
import { UnreadableScoreError } from '../errors.js'
import {
  type EncodedPieces,
  type EncodeTask,
  encodeVariants,
  type Inspection,
  type InspectTask,
  inspectFiles,
  type LostFile
} from './encode-task.js'

/** Reads and encodes files, in this thread or in worker threads. */
export interface EncodingPool {
  /** How many pieces of work are worth handing over at a time. */
  readonly width: number
  inspectFiles(task: InspectTask): Promise<Inspection[]>
  /** @throws {UnreadableScoreError} if a file cannot be encoded, as when it was changed since it was inspected. */
  encodeVariants(task: EncodeTask): Promise<EncodedPieces>
  close(): Promise<void>
}

/**
 * A pool of so many worker threads. Without threads everything runs in this one, and so does a tokenizer that is not of
 * `@vgm/encoding`, as threads could not find it.
 */
export function openPool(threads: number, tokenizer: Tokenizer): EncodingPool {
  if (threads === 0 || !tokenizers.includes(tokenizer)) {
    return {
      width: 1,
      inspectFiles: task => inspectFiles(tokenizer, task),
      encodeVariants: async task => requirePieces(await encodeVariants(tokenizer, task)),
      close: async () => {}
    }
  }
  const vocabulary = tokenizer.vocabulary.name
  const filename = fileURLToPath(new URL('./encode-worker.js', import.meta.url))
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads })
  return {
    width: 2 * threads,
    inspectFiles: task => pool.run({ vocabulary, task }, { name: 'inspectFiles' }),
    encodeVariants: async task =>
      requirePieces(await pool.run({ vocabulary, task }, { name: 'encodeVariants' })),
    close: () => pool.destroy()
  }
}

function requirePieces(encoded: EncodedPieces | LostFile): EncodedPieces {
  if ('file' in encoded) throw new UnreadableScoreError(encoded.file, encoded.reason)
  return encoded
}
