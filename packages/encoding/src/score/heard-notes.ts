import type { Note, Score } from './types.js'

/** The MIDI channel whose notes are percussion: channel 10 of the standard, counted from 0. */
export const percussionChannel = 9

/** A note as {@link heardNotes} reads it; one without a channel is pitched. */
export type HearableNote = Pick<Note, 'pitch' | 'velocity' | 'startTick' | 'durationTicks'> & {
  readonly channel?: number
}

/** The notes of a score that are not percussion. */
export function pitchedNotes({ notes }: Pick<Score, 'notes'>): Note[] {
  return notes.filter(({ channel }) => channel !== percussionChannel)
}

/**
 * The notes that a listener tells apart: percussion is left out, and of notes of one pitch that begin at the same tick, as
 * where instruments play in unison, only the longest stays; of equally long ones the loudest.
 *
 * @param notes In any order.
 * @returns The notes by onset, then pitch.
 */
export function heardNotes<N extends HearableNote>(notes: readonly N[]): N[] {
  return notes
    .filter(note => note.channel !== percussionChannel)
    .sort(
      (a, b) =>
        a.startTick - b.startTick ||
        a.pitch - b.pitch ||
        b.durationTicks - a.durationTicks ||
        b.velocity - a.velocity
    )
    .filter((note, index, sorted) => {
      const previous = sorted[index - 1]
      return note.startTick !== previous?.startTick || note.pitch !== previous.pitch
    })
}

/** How many notes of a score are heard: see {@link heardNotes}. */
export function countHeard({ notes }: Pick<Score, 'notes'>): number {
  return heardNotes(notes).length
}
