import { encode, parseMidi, type Score } from '@vgm/encoding'
import { naming, readInput } from './files.js'
import { findInFolder, readEach } from './midi-sources.js'
import { type MidiReading, withWarnings } from './read-midi.js'

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
export async function readPiece(file: string, { log, ...options }: MidiReading = {}): Promise<Piece> {
  const bytes = await readInput(file)
  return naming(file, () =>
    withWarnings(file, log, onWarning => {
      const score = parseMidi(bytes, { ...options, onWarning })
      return { file, score, ids: encode(score, { ...options, onWarning }) }
    })
  )
}

/**
 * Every MIDI file of a folder that can be read.
 *
 * @param log Called with a line for each file that is skipped or repaired, and for files that are no MIDI files.
 * @param onProgress Called with the numbers of files done and of all.
 * @throws {CommandError} if none can be read.
 */
export async function readPieces(
  folder: string,
  log: (line: string) => void,
  onProgress?: (done: number, total: number) => void,
  reading: Omit<MidiReading, 'log'> = {}
): Promise<Piece[]> {
  const source = await findInFolder(folder)
  const pieces: Piece[] = []
  const each = readEach([source], {
    read: file => readPiece(file, { ...reading, log }),
    verb: 'read',
    log,
    ...(onProgress && { onFile: onProgress })
  })
  for await (const piece of each) pieces.push(piece)
  return pieces
}
