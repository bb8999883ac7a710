import type { Cancel, Watch } from '@vgm/base'
import * as dataset from '@vgm/dataset/node'
import {
  type EncodeOptions,
  encode,
  type MidiWarning,
  parseMidi,
  type Score,
  type TempoWarning,
  words
} from '@vgm/encoding'
import { labelOf, naming, readInput } from '../terminal/files.js'
import { warningLine } from '../terminal/warning-line.js'
import { passedOverLine, readingProblem } from './midi-sources.js'

/** How MIDI files are read and encoded. */
export interface MidiReading extends Omit<EncodeOptions, 'onWarning'> {
  /** Called with a line about a file that was repaired, or whose tempo cannot be said. */
  readonly log?: (line: string) => void
}

/**
 * What is made of a MIDI file, or of standard input for `-`.
 *
 * @throws {CommandError} naming the file and what is wrong with it.
 */
export async function readFrom<T>(
  file: string,
  { log, ...options }: MidiReading,
  make: (score: Score, options: EncodeOptions) => T | Promise<T>
): Promise<T> {
  const bytes = await readInput(file)
  return naming(file, async () => {
    const warnings: (MidiWarning | TempoWarning)[] = []
    const warned = {
      ...options,
      onWarning: (warning: MidiWarning | TempoWarning) => void warnings.push(warning)
    }
    const made = await make(parseMidi(bytes, warned), warned)
    if (warnings.length > 0) log?.(warningLine(labelOf(file), warnings))
    return made
  })
}

/** A MIDI file, read as by {@link readFrom}, as a score and as words. */
export function readPiece(file: string, reading: MidiReading = {}): Promise<dataset.Piece> {
  return readFrom(file, reading, (score, options) => ({ file, score, ids: encode(score, options) }))
}

/** How folders of MIDI files are read: a line for each file that is skipped or repaired, and for files that are no MIDI files. */
export function readingFolders(log: (line: string) => void): dataset.ReadPiecesOptions {
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
 * @param options.log As of {@link readingFolders}.
 * @throws {DatasetError} if none can be read.
 */
export function readPieces(
  folder: string,
  {
    log,
    ...options
  }: { readonly reading?: Omit<MidiReading, 'log'>; readonly log: (line: string) => void } & Cancel & Watch
): Promise<dataset.Piece[]> {
  return dataset.readPieces(folder, { ...readingFolders(log), ...options })
}
