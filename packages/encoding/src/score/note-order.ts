import type { Note } from './types.js'

/** The order of a score's notes: onset, pitch, channel; then length, velocity and program, so that it is total. */
export function compareNotes(a: Note, b: Note): number {
  return (
    a.startTick - b.startTick ||
    a.pitch - b.pitch ||
    a.channel - b.channel ||
    a.durationTicks - b.durationTicks ||
    a.velocity - b.velocity ||
    a.program - b.program
  )
}
