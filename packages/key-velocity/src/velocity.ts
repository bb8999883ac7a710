import { requireInteger } from '@vgm/base'
import { InvalidNoteError } from './errors.js'
import { isPitched, notesOf } from './notes.js'
import type { NoteSource } from './types.js'

/** The velocity classes by their index, 0–5, from the softest to the loudest. */
export const velocityClasses = ['pp', 'p', 'mp', 'mf', 'f', 'ff'] as const

/** One of the six {@link velocityClasses}. */
export type VelocityClass = (typeof velocityClasses)[number]

/** The smallest velocity of each class. */
const lowest = [0, 32, 48, 64, 80, 96]

/**
 * The class of a MIDI velocity: pp 0–31, p 32–47, mp 48–63, mf 64–79, f 80–95, ff 96–127.
 *
 * @throws {InvalidOptionError} unless `velocity` is an integer from 0 to 127.
 * @source Qiu, Chen & Zhang 2022, A Novel Multi-Task Learning Method for Symbolic Music Emotion Recognition, § 3.5
 */
export function velocityClass(velocity: number): VelocityClass {
  return velocityClasses[velocityClassIndex(velocity)]!
}

/**
 * The index of a MIDI velocity's class in {@link velocityClasses}, 0–5: the target of a classifier.
 *
 * @throws {InvalidOptionError} unless `velocity` is an integer from 0 to 127.
 */
export function velocityClassIndex(velocity: number): number {
  requireInteger('velocityClass', 'velocity', velocity, 0, 127)
  return lowest.findLastIndex(least => velocity >= least)
}

/**
 * The velocity class of each note, in the notes' order; percussion has one, too.
 *
 * @throws {InvalidNoteError} if a velocity is out of its range: 0–127, or 0–1 for a {@link ToneNote}.
 */
export function velocityLabels(notes: NoteSource): VelocityClass[] {
  return notesOf(notes).map((note, index) => {
    const velocity = isPitched(note) ? note.velocity : Math.round(note.velocity * 127)
    if (isVelocity(velocity)) return velocityClass(velocity)
    const expected = isPitched(note) ? 'an integer from 0 to 127' : 'a number from 0 to 1'
    throw new InvalidNoteError('velocityLabels', `notes[${index}].velocity`, expected, note.velocity)
  })
}

/**
 * How many notes each velocity class has; percussion counts, too.
 *
 * @throws {InvalidNoteError} if a velocity is out of its range: 0–127, or 0–1 for a {@link ToneNote}.
 */
export function countVelocityClasses(notes: NoteSource): Record<VelocityClass, number> {
  const counts = { pp: 0, p: 0, mp: 0, mf: 0, f: 0, ff: 0 }
  for (const label of velocityLabels(notes)) counts[label]++
  return counts
}

function isVelocity(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 127
}
