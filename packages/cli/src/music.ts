import { encode, type ParseOptions, parseMidi, type Score } from '@vgm/encoding'
import { naming, readInput } from './files.js'
import { findInFolder, readEach } from './midi-sources.js'

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
 * Every MIDI file of a folder that can be read.
 *
 * @param log Called with a line for each file that is skipped, and for files that are no MIDI files.
 * @param onProgress Called with the numbers of files done and of all.
 * @throws {CommandError} if none can be read.
 */
export async function readPieces(
  folder: string,
  log: (line: string) => void,
  onProgress?: (done: number, total: number) => void
): Promise<Piece[]> {
  const source = await findInFolder(folder)
  const reading = { read: (file: string) => readPiece(file), verb: 'read', log }
  const pieces: Piece[] = []
  for await (const piece of readEach([source], { ...reading, ...(onProgress && { onFile: onProgress }) })) {
    pieces.push(piece)
  }
  return pieces
}
