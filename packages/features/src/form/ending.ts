import { estimateTonality } from '../phrase/tonality.js'
import type { DescribedNote } from '../types.js'
import type { FormBar } from './bars.js'

/** Whether the last bar holds: a note that begins in it lasts at least half a bar. */
export function endsHeld({ notes, lengthTicks }: FormBar): boolean {
  return notes.some(({ durationTicks }) => durationTicks >= lengthTicks / 2)
}

/**
 * Whether the final chord, all notes that sound when the last one begins, is on the tonic: its lowest note is the tonic, or
 * it holds the tonic, a third (major or minor) and the fifth above it.
 *
 * @param notes `heardNotes`, at least one.
 */
export function endsOnTonic(notes: readonly DescribedNote[]): boolean {
  const { tonic } = estimateTonality(notes)
  const lastOnset = notes.at(-1)!.startTick
  const chord = notes.filter(({ startTick, durationTicks }) => startTick + durationTicks > lastOnset)
  const bass = chord.reduce((lowest, { pitch }) => Math.min(lowest, pitch), 127)
  const degrees = new Set(chord.map(({ pitch }) => (pitch - tonic + 12) % 12))
  const hasTriad = degrees.has(0) && (degrees.has(3) || degrees.has(4)) && degrees.has(7)
  return bass % 12 === tonic || hasTriad
}
