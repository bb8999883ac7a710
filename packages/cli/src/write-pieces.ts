import { standardStream, writeOutput } from './files.js'

/** A MIDI file to be written, and what is in it. */
export interface WrittenPiece {
  readonly bytes: Uint8Array
  /** When the last note ends. */
  readonly seconds: number
  readonly notes: number
  readonly words: number
  /** By how many semitones it was moved after it was composed; absent where it was not. */
  readonly transposed?: number
}

/** What all pieces of a command share. */
interface Origin {
  readonly model?: string
  readonly sentiment?: string | undefined
  readonly strength?: number | undefined
  readonly seed?: number
}

/**
 * Writes MIDI files and says so: on standard output, or on standard error where the music itself goes to standard output.
 *
 * @param files As {@link planOutputs} gives them.
 */
export async function writePieces(
  files: readonly string[],
  pieces: readonly WrittenPiece[],
  { json = false, ...origin }: Origin & { readonly json?: boolean | undefined }
): Promise<void> {
  for (const [index, { bytes }] of pieces.entries()) await writeOutput(files[index]!, bytes)
  const described = pieces.map(({ bytes, ...content }, index) => ({ file: files[index]!, ...content }))
  const seed = origin.seed === undefined ? '' : `, seed ${origin.seed}`
  const lines = described.map(({ file, seconds, notes, transposed = 0 }) => {
    const place = file === standardStream ? 'standard output' : file
    return `wrote ${place}: ${seconds.toFixed(1)} s of music, ${notes} notes${seed}${transposed === 0 ? '' : `, transposed by ${transposed}`}\n`
  })
  const stream = files.includes(standardStream) ? process.stderr : process.stdout
  stream.write(json ? `${JSON.stringify({ ...origin, pieces: described })}\n` : lines.join(''))
}
