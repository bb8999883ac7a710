import { InvalidNoteError } from './errors.js'
import type { NoteHolder, NoteSource, TimedNote } from './types.js'

/** The MIDI channel whose notes are percussion, counted from 0. */
const percussionChannel = 9

/** Pitched notes in one shape, whatever shape they came in, in the caller's order. */
export interface PitchedNotes {
  readonly pitches: readonly number[]
  readonly starts: readonly number[]
  readonly durations: readonly number[]
  readonly percussionNotes: number
}

/** Every note, percussion too. */
export function notesOf(source: NoteSource): readonly TimedNote[] {
  return 'notes' in source ? source.notes : source
}

/**
 * The pitched notes of a source.
 *
 * @throws {InvalidNoteError} if a field is out of its range.
 */
export function pitchedNotesOf(caller: string, source: NoteSource): PitchedNotes {
  const pitches: number[] = []
  const starts: number[] = []
  const durations: number[] = []
  let percussionNotes = 0
  const channelOfAll = (source as Partial<NoteHolder>).channel
  for (const [index, note] of notesOf(source).entries()) {
    if (isPercussion(note, channelOfAll)) {
      percussionNotes++
      continue
    }
    const [pitch, pitchField, start, startField] = isPitched(note)
      ? ([note.pitch, 'pitch', note.startTick, 'startTick'] as const)
      : ([note.midi, 'midi', note.ticks, 'ticks'] as const)
    const refuse = (field: string, expected: string, value: unknown): never => {
      throw new InvalidNoteError(caller, `notes[${index}].${field}`, expected, value)
    }
    if (!(Number.isInteger(pitch) && pitch >= 0 && pitch <= 127)) {
      refuse(pitchField, 'an integer from 0 to 127', pitch)
    }
    if (!Number.isFinite(start)) refuse(startField, 'a number', start)
    const duration = note.durationTicks
    if (!(Number.isFinite(duration) && duration >= 0)) {
      refuse('durationTicks', 'a number of at least 0', duration)
    }
    pitches.push(pitch)
    starts.push(start)
    durations.push(duration)
  }
  return { pitches, starts, durations, percussionNotes }
}

/** Whether a note is percussion, by its channel or that of all notes. */
export function isPercussion(note: TimedNote, channelOfAll?: number): boolean {
  return ((note as { channel?: number }).channel ?? channelOfAll) === percussionChannel
}

/** Whether a note is of `@vgm/encoding`'s shape: `@tonejs/midi` has a `pitch`, too, but as a name. */
export function isPitched(note: TimedNote): note is Exclude<TimedNote, { midi: number }> {
  return typeof (note as { pitch?: unknown }).pitch === 'number'
}
