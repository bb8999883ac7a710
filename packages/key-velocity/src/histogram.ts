import { type PitchedNotes, pitchedNotesOf } from './notes.js'
import type { NoteSource } from './types.js'

/**
 * How long each pitch class sounds: the lengths of its notes, summed, in ticks. Notes that sound at once each count.
 * Percussion (channel index 9) does not count.
 *
 * @returns `[12]`, C to B; all 0 where there are no notes.
 * @throws {InvalidNoteError} if a note is out of its range.
 */
export function pitchClassHistogram(notes: NoteSource): Float64Array {
  return histogramOf(pitchedNotesOf('pitchClassHistogram', notes))
}

/** The histogram of notes that have been checked. */
export function histogramOf({ pitches, durations }: PitchedNotes): Float64Array {
  const histogram = new Float64Array(12)
  for (let index = 0; index < pitches.length; index++) {
    const pitchClass = pitches[index]! % 12
    histogram[pitchClass] = histogram[pitchClass]! + durations[index]!
  }
  return histogram
}
