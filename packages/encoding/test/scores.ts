import type { Note, Score } from '../src/index.js'

/** A note with the fields that a test leaves open filled in. */
export function note(fields: Partial<Note>): Note {
  return { pitch: 60, velocity: 64, startTick: 0, durationTicks: 480, channel: 0, program: 0, ...fields }
}

/** A score at 480 ticks per quarter and 120 bpm, with other fields as given. */
export function score(notes: readonly Partial<Note>[], fields: Partial<Score> = {}): Score {
  return {
    ticksPerQuarter: 480,
    notes: notes.map(note),
    tempos: [{ tick: 0, tempoBpm: 120 }],
    timeSignatures: [],
    keySignatures: [],
    ...fields
  }
}
