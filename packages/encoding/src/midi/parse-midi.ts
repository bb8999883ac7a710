import { InvalidOptionError } from '@vgm/base'
import { LimitError } from '../errors.js'
import { percussionChannel } from '../score/heard-notes.js'
import type { Score } from '../score/types.js'
import { collectScore } from './collect-score.js'
import { Defects, type MidiWarning } from './defects.js'
import { readHeader } from './header.js'
import { readTracks } from './read-tracks.js'

/** Options of {@link parseMidi}. */
export interface ParseOptions {
  /** Keep the notes of channel 10 (index 9). Default `false`. */
  readonly includePercussion?: boolean
  /**
   * `'extend'`: a note released while its channel's sustain pedal (controller 64, ≥ 64 is down) is down sounds until
   * the pedal goes up or its pitch is struck again. `'ignore'` (default): notes end where their keys are released.
   */
  readonly sustain?: 'extend' | 'ignore'
  /** Refuse a damaged file with a {@link MidiDefectError} instead of repairing it. Default `false`. */
  readonly strict?: boolean
  /**
   * Called with everything that is repaired or ignored, in the order of the file. At most 1,001 times with one code: the
   * last says how many more there are.
   */
  readonly onWarning?: (warning: MidiWarning) => void
  /** Largest file, in bytes. Default 32 MiB. */
  readonly maxBytes?: number
  /** Most events in all tracks together, of any kind. Default 4,000,000. */
  readonly maxEvents?: number
  /** Most notes. Default 1,000,000, some 100 MB. */
  readonly maxNotes?: number
}

/**
 * Reads a standard MIDI file of format 0, 1 or 2, as leniently as players do.
 *
 * - Tracks are merged. The patterns of format 2 follow one another, each where the one before it ends, each beginning
 *   at 120 bpm and program 0.
 * - A channel is one of 16 on a port (meta event 0x21). Programs, pedals and note-offs keep to their port, though
 *   `Note.channel` does not say it.
 * - A note-off ends the oldest sounding note of its track, port, channel and pitch. A note that never ends is closed at
 *   its track's end. A note of no length gets one tick.
 * - All notes off (controller 123, and the mode messages 124 to 127, which imply it) ends the notes of its channel in
 *   every track; a sustain pedal still holds them. All sound off (120) ends those, too. Reset all controllers (121) lifts
 *   the pedal.
 * - A note's program is that of its channel at its onset, whichever track set it.
 * - Tempo, time and key signatures are taken from every track; of several at one tick the last (in the order of tracks,
 *   then of events) wins. `tempos[0]` is always at tick 0: 120 bpm where the file says nothing.
 * - SMPTE time becomes ticks at 120 bpm (119.88 for 29.97 frames per second) such that every time in seconds is exact;
 *   tempo events do not change time there and are dropped.
 * - Chunks that are no tracks and bytes after the last announced track are skipped.
 * - What is damaged is repaired or ignored, and reported: see {@link MidiDefectCode}.
 *
 * @throws {MidiHeaderError} if there is no header in the first 4 KB, or its division is unknown or zero.
 * @throws {ForeignFileError} if the file is a gzip or zip archive, an HTML page, a recording or the like.
 * @throws {MidiDefectError} with `strict`, at the first defect.
 * @throws {LimitError} if the file is larger than the options allow.
 * @throws {NoNotesError} if no note is left.
 */
export function parseMidi(bytes: Uint8Array, options: ParseOptions = {}): Score {
  const { includePercussion = false, sustain = 'ignore', strict = false } = options
  const maxBytes = limit('maxBytes', options.maxBytes, 32 * 2 ** 20)
  const maxEvents = limit('maxEvents', options.maxEvents, 4_000_000)
  const maxNotes = limit('maxNotes', options.maxNotes, 1_000_000)
  if (bytes.length > maxBytes) throw new LimitError('parseMidi', 'maxBytes', maxBytes, bytes.length)

  const defects = new Defects(bytes, strict, options.onWarning)
  const counts = { notes: 0, percussionNotes: 0 }
  let events = 0
  const header = readHeader(bytes, defects)
  const tracks = readTracks(bytes, header, defects, ({ kind, channel }) => {
    events++
    if (events > maxEvents) throw new LimitError('parseMidi', 'maxEvents', maxEvents, events)
    if (kind !== 'noteOn') return
    if (channel === percussionChannel) counts.percussionNotes++
    else counts.notes++
    const notes = counts.notes + (includePercussion ? counts.percussionNotes : 0)
    if (notes > maxNotes) throw new LimitError('parseMidi', 'maxNotes', maxNotes, notes)
  })
  defects.finish()
  return collectScore(bytes, header, tracks, counts, { includePercussion, sustain })
}

function limit(option: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (!(value >= 0)) throw new InvalidOptionError('parseMidi', option, 'a number ≥ 0', value)
  return value
}
