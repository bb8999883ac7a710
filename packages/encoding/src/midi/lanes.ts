import { firstIndex } from '../first-index.js'
import type { Note } from '../score/types.js'

/**
 * Shares notes out among as few lanes as possible, so that in each lane, of several notes of one pitch the one struck
 * first ends first. A reader then pairs every note-off with the right note.
 *
 * A note goes to the first lane where its pitch ended no later than it does. For each pitch the ends of the lanes thus
 * stay in falling order, as the piles of patience sorting, and the lane is found by halving.
 *
 * @param notes Of one channel, in the order of their onsets.
 */
export function assignLanes(notes: readonly Note[]): Note[][] {
  const lanes: Note[][] = []
  const endsByPitch: number[][] = Array.from({ length: 128 }, () => [])
  for (const note of notes) {
    const end = note.startTick + note.durationTicks
    const ends = endsByPitch[note.pitch]!
    const index = firstIndex(ends.length, lane => ends[lane]! <= end)
    ends[index] = end
    if (lanes[index]) lanes[index].push(note)
    else lanes[index] = [note]
  }
  return lanes
}
