import { type EncodeOptions, type MidiWarning, parseMidi, type Score, type TempoWarning } from '@vgm/encoding'
import { labelOf } from '../terminal/files.js'
import { warningLine } from '../terminal/warning-line.js'

/** How a MIDI file is read and encoded. */
export interface MidiReading extends Omit<EncodeOptions, 'onWarning'> {
  /** Called with a line about a file that was repaired, or whose tempo cannot be said. */
  readonly log?: (line: string) => void
}

/**
 * The music of a MIDI file.
 *
 * @param file Its name, for the line about repairs.
 * @throws {EncodingError} if it cannot be read.
 */
export function readMidi(file: string, bytes: Uint8Array, { log, ...options }: MidiReading = {}): Score {
  return withWarnings(file, log, onWarning => parseMidi(bytes, { ...options, onWarning }))
}

/** Runs `work`, and logs one line about everything that it warned of. */
export function withWarnings<T>(
  file: string,
  log: ((line: string) => void) | undefined,
  work: (onWarning: (warning: MidiWarning | TempoWarning) => void) => T
): T {
  const warnings: (MidiWarning | TempoWarning)[] = []
  const result = work(warning => warnings.push(warning))
  if (warnings.length > 0) log?.(warningLine(labelOf(file), warnings))
  return result
}
