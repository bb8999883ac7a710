import { collectScore } from './collect-score.js'
import { InvalidOptionError, LimitError, TruncatedMidiError } from './errors.js'
import { chunkLength, chunkType, type MidiHeader, readHeader } from './midi-header.js'
import { largestTick } from './midi-limits.js'
import { type Budget, readTrack, type Track } from './midi-track.js'
import type { Score } from './types.js'

/** How {@link parseMidi} reads. */
export interface ParseOptions {
  /** Keep the notes of channel 10 (index 9). Default `false`. */
  readonly includePercussion?: boolean
  /**
   * `'extend'`: a note released while its channel's sustain pedal (controller 64, ≥ 64 is down) is down sounds until
   * the pedal goes up or its pitch is struck again. `'ignore'` (default): notes end where their keys are released.
   */
  readonly sustain?: 'extend' | 'ignore'
  /** Largest file, in bytes. Default 4 MiB. */
  readonly maxBytes?: number
  /** Most events in all tracks together, of any kind. Default 1,000,000. */
  readonly maxEvents?: number
  /** Latest tick of the score. Default 268,435,455, the most that a file can hold between two events. */
  readonly maxTicks?: number
}

/**
 * Reads a standard MIDI file of format 0, 1 or 2.
 *
 * - Tracks are merged. The patterns of format 2 follow one another, each where the one before it ends, each beginning
 *   at 120 bpm and program 0.
 * - A note-off ends the oldest sounding note of its track, channel and pitch. A note that never ends is closed at its
 *   track's end. A note of no length gets one tick.
 * - A note's program is that of its channel at its onset, whichever track set it.
 * - Tempo, time and key signatures are taken from every track; of several at one tick the last (in the order of tracks,
 *   then of events) wins. `tempos[0]` is always at tick 0: 120 bpm where the file says nothing.
 * - SMPTE time becomes ticks at 120 bpm (119.88 for 29.97 frames per second) such that every time in seconds is exact;
 *   tempo events do not change time there and are dropped.
 * - Chunks that are no tracks and bytes after the last announced track are skipped.
 *
 * @throws {MidiHeaderError} if the header is none, or its format or division is unknown or zero.
 * @throws {TruncatedMidiError} if the file ends before its last announced track does.
 * @throws {MidiEventError} if an event is malformed or runs past its track's end.
 * @throws {LimitError} if the file is larger than the options allow.
 * @throws {NoNotesError} if no note is left.
 */
export function parseMidi(bytes: Uint8Array, options: ParseOptions = {}): Score {
  const maxBytes = limit('maxBytes', options.maxBytes, 4 * 2 ** 20)
  const budget: Budget = {
    events: 0,
    maxEvents: limit('maxEvents', options.maxEvents, 1_000_000),
    maxTicks: limit('maxTicks', options.maxTicks, largestTick)
  }
  if (bytes.length > maxBytes) throw new LimitError('parseMidi', 'maxBytes', maxBytes, bytes.length)
  const header = readHeader(bytes)
  return collectScore(header, readTracks(bytes, header, budget), {
    includePercussion: options.includePercussion ?? false,
    sustain: options.sustain ?? 'ignore',
    maxTicks: budget.maxTicks
  })
}

function limit(option: string, value: number | undefined, fallback: number): number {
  if (value === undefined) return fallback
  if (!(value >= 0)) throw new InvalidOptionError('parseMidi', option, 'a number ≥ 0', value)
  return value
}

function readTracks(bytes: Uint8Array, header: MidiHeader, budget: Budget): Track[] {
  const tracks: Track[] = []
  let offset = header.end
  while (tracks.length < header.trackCount) {
    const track = tracks.length
    if (offset + 8 > bytes.length) {
      throw new TruncatedMidiError(
        `track ${track + 1} of ${header.trackCount}`,
        bytes.length,
        offset + 8,
        track + 1
      )
    }
    const type = chunkType(bytes, offset)
    const start = offset + 8
    const end = start + chunkLength(bytes, offset)
    const isTrack = type === 'MTrk'
    if (end > bytes.length) {
      const what = isTrack ? `track ${track + 1}` : `chunk ${JSON.stringify(type)}`
      throw new TruncatedMidiError(what, bytes.length, end, isTrack ? track + 1 : undefined)
    }
    if (isTrack) {
      tracks.push(readTrack({ bytes, start, end, track, tickScale: header.timing.tickScale }, budget))
    }
    offset = end
  }
  return tracks
}
