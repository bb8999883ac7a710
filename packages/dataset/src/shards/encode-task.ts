import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  augment,
  type EncodeOptions,
  type MidiWarning,
  parseMidi,
  type TempoWarning,
  type Tokenizer
} from '@vgm/encoding'
import { fileProblem } from '../loaders/file-problem.js'

/** Options of reading and encoding MIDI files; plain data, which goes to other threads. */
export type ShardReading = Omit<EncodeOptions, 'onWarning'>

/** The result of reading a file: its digest and its warnings, or the reason why it cannot be encoded. */
export type Inspection =
  | { readonly digest: string; readonly warnings: readonly (MidiWarning | TempoWarning)[] }
  | { readonly reason: string }

/** Files to look at. */
export interface InspectTask {
  readonly files: readonly string[]
  readonly reading: ShardReading
}

/** Variants to encode. */
export interface EncodeTask {
  readonly variants: readonly Variant[]
  readonly reading: ShardReading
}

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
export function inspectFiles(
  { encode }: Pick<Tokenizer, 'encode'>,
  { files, reading }: InspectTask
): Promise<Inspection[]> {
  return Promise.all(
    files.map(async file => {
      try {
        const bytes = await readFile(file)
        const warnings: (MidiWarning | TempoWarning)[] = []
        encode(bytes, { ...reading, onWarning: warning => warnings.push(warning) })
        return { digest: createHash('sha256').update(bytes).digest('hex'), warnings }
      } catch (error) {
        return { reason: fileProblem(error) }
      }
    })
  )
}

/** Encodes variants of files, in their order. */
export async function encodeVariants(
  { encode }: Pick<Tokenizer, 'encode'>,
  { variants, reading }: EncodeTask
): Promise<EncodedPieces | LostFile> {
  const pieces: Uint16Array[] = []
  for (const { file, semitones, tempoFactor } of variants) {
    try {
      const score = augment(parseMidi(await readFile(file), reading), { semitones, tempoFactor })
      pieces.push(encode(score, reading))
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
