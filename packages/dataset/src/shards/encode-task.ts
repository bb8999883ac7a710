import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { augment, encode, parseMidi } from '@vgm/encoding'

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
  readonly ids: Uint8Array
  /** Of each piece, in ids. */
  readonly lengths: number[]
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
        return { reason: error instanceof Error ? error.message : String(error) }
      }
    })
  )
}

/** Encodes variants of files, in their order. */
export async function encodeVariants(variants: readonly Variant[]): Promise<EncodedPieces> {
  const pieces: Uint16Array[] = []
  for (const { file, semitones, tempoFactor } of variants) {
    pieces.push(encode(augment(parseMidi(await readFile(file)), { semitones, tempoFactor })))
  }
  const lengths = pieces.map(piece => piece.length)
  const ids = new Uint8Array(lengths.reduce((total, length) => total + length, 0))
  let end = 0
  for (const piece of pieces) {
    ids.set(piece, end)
    end += piece.length
  }
  return { ids, lengths }
}
