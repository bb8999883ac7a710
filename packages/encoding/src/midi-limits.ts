import type { TempoChange } from './types.js'

/** The longest time that a MIDI file can hold between two events, in ticks. */
export const largestTick = 0x0fffffff

/** Channel 10 of the MIDI standard, counted from 0. */
export const percussionChannel = 9

/** What a MIDI file means that says no tempo. */
export const defaultTempo: TempoChange = { tick: 0, tempoBpm: 120 }
