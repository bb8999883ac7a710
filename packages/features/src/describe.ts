import { heardNotes } from '@vgm/encoding'
import { NoNotesError } from './errors.js'
import { featureNames, features } from './features.js'
import { createPhrase } from './phrase/phrase.js'
import type { DescribedNote, DescribeOptions, Description } from './types.js'
import { validateNotes, validateOptions } from './validate.js'

/**
 * A phrase in numbers: one value for each of {@link featureDefinitions}, of the `heardNotes` of `@vgm/encoding`.
 *
 * Every value is finite, whatever the notes: what a descriptor is where it has nothing to measure (no interval, one
 * onset, all pitch classes equally long) is part of its description.
 *
 * @param notes in any order.
 * @throws {NoNotesError} if there is no pitched note.
 * @throws {InvalidNoteError} if a field of a note is out of its range.
 * @throws {InvalidOptionError} if an option is.
 */
export function describe(notes: readonly DescribedNote[], options: DescribeOptions): Description {
  validateOptions(options, 'describe')
  validateNotes(notes, 'describe')
  const heard = requireHeard(notes, 'describe')
  return { names: featureNames, values: computeFeatures(heard, options) }
}

/**
 * The {@link heardNotes}.
 *
 * @throws {NoNotesError} if there is none.
 */
export function requireHeard(notes: readonly DescribedNote[], caller: string): DescribedNote[] {
  const heard = heardNotes(notes)
  if (heard.length === 0) throw new NoNotesError(caller, notes.length)
  return heard
}

/** @param notes valid {@link heardNotes} in their order, at least one. */
export function computeFeatures(notes: readonly DescribedNote[], options: DescribeOptions): Float64Array {
  const phrase = createPhrase(notes, options)
  return Float64Array.from(features, feature => feature.compute(phrase))
}
