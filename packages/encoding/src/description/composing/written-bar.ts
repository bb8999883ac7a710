import { firstId } from '../../words/vocabulary.js'

/** A note of a bar as the words say it. */
export interface SaidNote {
  /** The time step within the bar. */
  readonly place: number
  /** The ids of its words. */
  readonly pitch: number
  readonly duration: number
  readonly velocity: number
}

/** What was said last, of the words' grammar. */
export interface Said {
  readonly last: 'start' | 'tempo' | 'velocity' | 'duration' | 'note' | 'step' | 'end'
  readonly velocity: number
  readonly duration: number
  /** The highest pitch of this step, −1 before its first note. */
  readonly pitch: number
}

/**
 * The next word that says a bar's notes again: velocity and duration only where they differ from what was said last.
 *
 * @param notes By place, then pitch.
 * @param place The time step within the bar that the word stands in.
 */
export function nextOfCopy(notes: readonly SaidNote[], place: number, said: Said): number {
  const note = notes.find(note => note.place === place && note.pitch > said.pitch)
  if (note === undefined) return firstId.step
  if (said.velocity !== note.velocity && said.last !== 'velocity' && said.last !== 'duration')
    return note.velocity
  if (said.duration !== note.duration && said.last !== 'duration') return note.duration
  return note.pitch
}
