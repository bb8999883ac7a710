import type { TempoChange } from '../score/types.js'

/** The largest number of variable length in a MIDI file: the longest time between two events, in ticks. */
export const largestDelta = 0x0fffffff

/** The latest tick that is written: times beyond {@link largestDelta} take an event of no meaning each. */
export const largestWrittenTick = 2 ** 32 - 1

/** Channel 10 of the MIDI standard, counted from 0. */
export const percussionChannel = 9

/** What a MIDI file means that says no tempo. */
export const defaultTempo: TempoChange = { tick: 0, tempoBpm: 120 }
