import type { Piece, ReadPiecesOptions } from '@vgm/dataset/node'
import * as dataset from '@vgm/dataset/node'
import { encode, parseMidi, words } from '@vgm/encoding'
import { naming, readInput } from '../terminal/files.js'
import { warningLine } from '../terminal/warning-line.js'
import { passedOverLine, readingProblem } from './midi-sources.js'
import { type MidiReading, withWarnings } from './read-midi.js'

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

/** How folders of MIDI files are read: a line for each file that is skipped or repaired, and for files that are no MIDI files. */
export function readingFolders(log: (line: string) => void): ReadPiecesOptions {
  return {
    tokenizer: words,
    onWarnings: (file, warnings) => log(warningLine(file, warnings)),
    onSkip: problem => log(`skipped ${readingProblem(problem)}`),
    onPassedOver: (folder, count) => log(passedOverLine(folder, count)!)
  }
}

/**
 * Every MIDI file of a folder that can be read.
 *
 * @param log Called with a line for each file that is skipped or repaired, and for files that are no MIDI files.
 * @param onProgress Called with the numbers of files done and of all.
 * @throws {DatasetError} if none can be read.
 */
export function readPieces(
  folder: string,
  log: (line: string) => void,
  onProgress?: (done: number, total: number) => void,
  reading: Omit<MidiReading, 'log'> = {}
): Promise<Piece[]> {
  return dataset.readPieces(folder, {
    ...readingFolders(log),
    reading,
    onProgress: ({ done, total = done }) => onProgress?.(done, total)
  })
}
