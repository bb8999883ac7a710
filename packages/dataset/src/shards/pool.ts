import { fileURLToPath } from 'node:url'
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

/** Where files are read and encoded: here, or in threads beside. */
export interface EncodingPool {
  /** How many pieces of work are worth handing over at a time. */
  readonly width: number
  inspectFiles(task: InspectTask): Promise<Inspection[]>
  /** @throws {UnreadableScoreError} if a file cannot be encoded, as when it was changed since it was inspected. */
  encodeVariants(task: EncodeTask): Promise<EncodedPieces>
  close(): Promise<void>
}

const here: EncodingPool = {
  width: 1,
  inspectFiles,
  encodeVariants: async task => requirePieces(await encodeVariants(task)),
  close: async () => {}
}

/** A pool of so many worker threads; with 0 everything runs in this thread. */
export function openPool(threads: number): EncodingPool {
  if (threads === 0) return here
  const filename = fileURLToPath(new URL('./encode-worker.js', import.meta.url))
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads })
  return {
    width: 2 * threads,
    inspectFiles: task => pool.run(task, { name: 'inspectFiles' }),
    encodeVariants: async task => requirePieces(await pool.run(task, { name: 'encodeVariants' })),
    close: () => pool.destroy()
  }
}

function requirePieces(encoded: EncodedPieces | LostFile): EncodedPieces {
  if ('file' in encoded) throw new UnreadableScoreError(encoded.file, encoded.reason)
  return encoded
}
