import { estimateKey, type KeyOptions } from './estimate-key.js'
import { isPercussion } from './notes.js'
import type { KeyCandidate, TimedNote } from './types.js'
import { countVelocityClasses, type VelocityClass, velocityLabels } from './velocity.js'

/** A note and the class of its velocity. */
export type LabelledNote<N extends TimedNote = TimedNote> = N & { readonly velocityClass: VelocityClass }

/** What the notes of a piece say about themselves. */
export interface NoteLabels<N extends TimedNote = TimedNote> {
  readonly key: KeyCandidate
  /** Notes per class. */
  readonly velocities: Readonly<Record<VelocityClass, number>>
  /** The pitched notes, in their order. */
  readonly notes: readonly LabelledNote<N>[]
}

/**
 * The key of a piece and the velocity classes of its notes. Percussion is left out.
 *
 * @throws as {@link estimateKey} and {@link velocityLabels}.
 */
export function labelNotes<N extends TimedNote>(
  { notes }: { readonly notes: readonly N[] },
  options: KeyOptions = {}
): NoteLabels<N> {
  const { alternatives: _, ...key } = estimateKey(notes, options)
  const pitched = notes.filter(note => !isPercussion(note))
  const classes = velocityLabels(pitched)
  return {
    key,
    velocities: countVelocityClasses(pitched),
    notes: pitched.map((note, index) => ({ ...note, velocityClass: classes[index]! }))
  }
}
