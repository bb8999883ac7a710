import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { augment, encode, parseMidi } from '@vgm/encoding'
import { fileProblem } from '../file-problem.js'

/** What is known of a file after it was looked at: its digest, or why it cannot be encoded. */
export type Inspection = { readonly digest: string } | { readonly reason: string }

/** A file in one of its variants. */
export interface Variant {
  readonly file: string
  readonly semitones: number
  readonly tempoFactor: number
}

/** Encoded pieces, one after another. */
export interface EncodedPieces {
  readonly ids: Uint16Array
  /** Of each piece, in ids. */
  readonly lengths: number[]
}

/** A file that cannot be encoded any more, and why. Plain data: an error would lose its class between threads. */
export interface LostFile {
  readonly file: string
  readonly reason: string
}

/** Finds out which files can be encoded. */
export function inspectFiles(files: readonly string[]): Promise<Inspection[]> {
  return Promise.all(
    files.map(async file => {
      try {
        const bytes = await readFile(file)
        encode(bytes)
        return { digest: createHash('sha256').update(bytes).digest('hex') }
      } catch (error) {
        return { reason: fileProblem(error) }
      }
    })
  )
}

/** Encodes variants of files, in their order. */
export async function encodeVariants(variants: readonly Variant[]): Promise<EncodedPieces | LostFile> {
  const pieces: Uint16Array[] = []
  for (const { file, semitones, tempoFactor } of variants) {
    try {
      pieces.push(encode(augment(parseMidi(await readFile(file)), { semitones, tempoFactor })))
    } catch (error) {
      return { file, reason: fileProblem(error) }
    }
  }
  const lengths = pieces.map(piece => piece.length)
  const ids = new Uint16Array(lengths.reduce((total, length) => total + length, 0))
  let end = 0
  for (const piece of pieces) {
    ids.set(piece, end)
    end += piece.length
  }
  return { ids, lengths }
}
