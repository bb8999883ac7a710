import { readFile } from 'node:fs/promises'
import type { Cancel, Watch } from '@vgm/base'
import {
  type EncodeOptions,
  type MidiWarning,
  parseMidi,
  type Score,
  type TempoWarning,
  type Tokenizer
} from '@vgm/encoding'
import { UnreadableScoreError } from '../errors.js'
import { fileProblem } from '../loaders/file-problem.js'
import { findInFolder, type ReadEachOptions, readEach } from './midi-sources.js'

/** A MIDI file that could be read. */
export interface Piece {
  readonly file: string
  readonly score: Score
  /** The end-of-piece id last. */
  readonly ids: Uint16Array
}

/** How MIDI files are read and encoded. */
export interface PieceOptions {
  readonly tokenizer: Pick<Tokenizer, 'encode'>
  readonly reading?: Omit<EncodeOptions, 'onWarning'> | undefined
  /** Called with what was repaired in a file, and with a tempo of it that was clamped. */
  readonly onWarnings?:
    | ((file: string, warnings: readonly (MidiWarning | TempoWarning)[]) => void)
    | undefined
}

/** Options of {@link readPieces}. */
export interface ReadPiecesOptions
  extends PieceOptions,
    Cancel,
    Watch,
    Pick<ReadEachOptions<Piece>, 'onSkip' | 'onPassedOver'> {}

/**
 * Every MIDI file of a folder, and of those below, that can be read.
 *
 * @throws {NoMidiFilesError} if there are none.
 * @throws {NothingReadError} if none can be read.
 * @throws {NodeJS.ErrnoException} if the folder cannot be read.
 */
export async function readPieces(folder: string, options: ReadPiecesOptions): Promise<Piece[]> {
  const { tokenizer, reading, onWarnings, ...watch } = options
  const source = await findInFolder(folder)
  const read = (file: string) => readPiece(file, { tokenizer, reading, onWarnings })
  const pieces: Piece[] = []
  for await (const piece of readEach([source], { ...watch, read })) pieces.push(piece)
  return pieces
}

async function readPiece(file: string, { tokenizer, reading, onWarnings }: PieceOptions): Promise<Piece> {
  try {
    const warnings: (MidiWarning | TempoWarning)[] = []
    const options = {
      ...reading,
      onWarning: (warning: MidiWarning | TempoWarning) => void warnings.push(warning)
    }
    const score = parseMidi(await readFile(file), options)
    const ids = tokenizer.encode(score, options)
    if (warnings.length > 0) onWarnings?.(file, warnings)
    return { file, score, ids }
  } catch (cause) {
    throw new UnreadableScoreError(file, problemOf(file, cause), { cause })
  }
}

/** @throws An error that names the file, if the fault is in the code. */
function problemOf(file: string, error: unknown): string {
  try {
    return fileProblem(error)
  } catch (cause) {
    throw new Error(`internal: ${file}: ${cause}`, { cause })
  }
}
