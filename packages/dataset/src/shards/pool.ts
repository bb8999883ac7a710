import { fileURLToPath } from 'node:url'
import { Tinypool } from 'tinypool'
import {
  type EncodedPieces,
  encodeVariants,
  type Inspection,
  inspectFiles,
  type Variant
} from './encode-task.js'

/** Where files are read and encoded: here, or in threads beside. */
export interface EncodingPool {
  /** How many pieces of work are worth handing over at a time. */
  readonly width: number
  inspectFiles(files: readonly string[]): Promise<Inspection[]>
  encodeVariants(variants: readonly Variant[]): Promise<EncodedPieces>
  close(): Promise<void>
}

const here: EncodingPool = { width: 1, inspectFiles, encodeVariants, close: async () => {} }

/** A pool of so many worker threads; with 0 everything runs in this thread. */
export function openPool(threads: number): EncodingPool {
  if (threads === 0) return here
  const filename = fileURLToPath(new URL('./encode-worker.js', import.meta.url))
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads })
  return {
    width: 2 * threads,
    inspectFiles: files => pool.run(files, { name: 'inspectFiles' }),
    encodeVariants: variants => pool.run(variants, { name: 'encodeVariants' }),
    close: () => pool.destroy()
  }
}
