import { firstIndex } from '@vgm/base'
import type { Note } from '../score/types.js'

/**
 * Shares notes out among as few tracks as possible, so that in each track, of several notes of one pitch the one struck
 * first ends first. A reader then pairs every note-off with the right note.
 *
 * A note goes to the first track where its pitch ended no later than it does. For each pitch the ends of the tracks thus
 * stay in falling order, as the piles of patience sorting, and the track is found by halving.
 *
 * @param notes Of one channel, in the order of their onsets.
 */
export function splitIntoTracks(notes: readonly Note[]): Note[][] {
  const tracks: Note[][] = []
  const endsByPitch: number[][] = Array.from({ length: 128 }, () => [])
  for (const note of notes) {
    const end = note.startTick + note.durationTicks
    const ends = endsByPitch[note.pitch]!
    const index = firstIndex(ends.length, track => ends[track]! <= end)
    ends[index] = end
    if (tracks[index]) tracks[index].push(note)
    else tracks[index] = [note]
  }
  return tracks
}
