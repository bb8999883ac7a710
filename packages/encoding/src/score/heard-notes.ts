import type { DescribedNote } from '../../../features/src/types.js'

const percussionChannel = 9

/**
 * The notes of which descriptors are made: percussion (channel 9) is left out, and of notes of one pitch that begin at
 * the same tick, as where instruments play in unison, only the longest stays; of equally long ones the loudest.
 *
 * @param notes in any order.
 * @returns by onset, then pitch.
 */
export function heardNotes(notes: readonly DescribedNote[]): DescribedNote[] {
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
