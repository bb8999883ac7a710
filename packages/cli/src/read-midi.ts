import { type MidiWarning, type ParseOptions, parseMidi, type Score } from '@vgm/encoding'
import { labelOf } from './files.js'
import { repairLine } from './repair-line.js'

/** How a MIDI file is read. */
export interface MidiReading extends Omit<ParseOptions, 'onWarning'> {
  /** Called with a line about a file that was repaired. */
  readonly log?: (line: string) => void
}

/**
 * The music of a MIDI file.
 *
 * @param file Its name, for the line about repairs.
 * @throws {EncodingError} if it cannot be read.
 */
export function readMidi(file: string, bytes: Uint8Array, { log, ...options }: MidiReading = {}): Score {
  const warnings: MidiWarning[] = []
  const score = parseMidi(bytes, {
    ...options,
    ...(log !== undefined && { onWarning: (warning: MidiWarning) => warnings.push(warning) })
  })
  if (warnings.length > 0) log?.(repairLine(labelOf(file), warnings))
  return score
}
