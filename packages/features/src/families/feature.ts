import type { Phrase } from '../phrase/phrase.js'
import type { FeatureDefinition } from '../types.js'

/** A descriptor: what it is, and how it is computed. Of the same phrase always the same finite number in its range. */
export interface Feature extends FeatureDefinition {
  compute(phrase: Phrase): number
}
