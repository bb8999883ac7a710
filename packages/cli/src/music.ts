import { encode, type ParseOptions, parseMidi, type Score } from '@vgm/encoding'
import { CommandError, messageOf } from './errors.js'
import { midiFilesIn, naming, readInput } from './files.js'

/** A MIDI file that could be read. */
export interface Piece {
  readonly file: string
  readonly score: Score
  readonly ids: Uint16Array
}

/**
 * A MIDI file, or standard input for `-`, as a score and as words.
 *
 * @throws {CommandError} naming the file and what is wrong with it.
 */
export async function readPiece(file: string, options: ParseOptions = {}): Promise<Piece> {
  const bytes = await readInput(file)
  return naming(file, () => {
    const score = parseMidi(bytes, options)
    return { file, score, ids: encode(score) }
  })
}

/**
 * Every MIDI file of a folder.
 *
 * @param onSkip Called with a line for each file that cannot be read; it is left out.
 * @param onProgress Called with the numbers of files done and of all.
 * @throws {CommandError} if none can be read.
 */
export async function readPieces(
  folder: string,
  onSkip: (line: string) => void,
  onProgress?: (done: number, total: number) => void
): Promise<Piece[]> {
  const pieces: Piece[] = []
  const files = await midiFilesIn(folder)
  for (const [index, file] of files.entries()) {
    try {
      pieces.push(await readPiece(file))
    } catch (error) {
      onSkip(`skipped ${messageOf(error)}`)
    }
    onProgress?.(index + 1, files.length)
  }
  if (pieces.length === 0) throw new CommandError(`${folder}: none of its MIDI files can be read`)
  return pieces
}
