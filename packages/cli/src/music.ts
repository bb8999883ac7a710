import { readFile } from 'node:fs/promises'
import { encode, parseMidi, type Score } from '@vgm/encoding'
import { CommandError, messageOf } from './errors.js'
import { midiFilesIn } from './files.js'

/** A MIDI file that could be read. */
export interface Piece {
  readonly file: string
  readonly score: Score
  readonly ids: Uint16Array
}

/**
 * Every MIDI file of a folder.
 *
 * @param onSkip Called with a line for each file that cannot be read; it is left out.
 * @throws {CommandError} if none can be read.
 */
export async function readPieces(folder: string, onSkip: (line: string) => void): Promise<Piece[]> {
  const pieces: Piece[] = []
  for (const file of await midiFilesIn(folder)) {
    try {
      const score = parseMidi(new Uint8Array(await readFile(file)))
      pieces.push({ file, score, ids: encode(score) })
    } catch (error) {
      onSkip(`${file}: skipped: ${messageOf(error)}`)
    }
  }
  if (pieces.length === 0) throw new CommandError(`${folder}: none of its MIDI files can be read`)
  return pieces
}
