import { articulationFeatures } from './families/articulation.js'
import { densityFeatures } from './families/density.js'
import { dynamicsFeatures } from './families/dynamics.js'
import type { Feature } from './families/feature.js'
import { intervalFeatures } from './families/intervals.js'
import { melodyFeatures } from './families/melody.js'
import { modeFeatures } from './families/mode.js'
import { polyphonyFeatures } from './families/polyphony.js'
import { registerFeatures } from './families/register.js'
import { repetitionFeatures } from './families/repetition.js'
import { rhythmFeatures } from './families/rhythm.js'
import { tempoFeatures } from './families/tempo.js'
import type { FeatureDefinition } from './types.js'

/** Every descriptor, in the order of {@link featureDefinitions}. */
export const features: readonly Feature[] = [
  ...modeFeatures,
  ...intervalFeatures,
  ...melodyFeatures,
  ...registerFeatures,
  ...densityFeatures,
  ...polyphonyFeatures,
  ...rhythmFeatures,
  ...repetitionFeatures,
  ...tempoFeatures,
  ...dynamicsFeatures,
  ...articulationFeatures
]

/**
 * Version of the set of descriptors. It grows whenever a descriptor is added, dropped, moved or computed differently, so
 * numbers of different versions must not be mixed. Version 1 described every note of a unison, version 2 describes one.
 */
export const featuresVersion = 2

/** The definition of each descriptor, in the order of the values of {@link describe}. */
export const featureDefinitions: readonly FeatureDefinition[] = features.map(
  ({ name, unit, range, source, description }) => ({ name, unit, range, source, description })
)

/** The names of all descriptors, in order. */
export const featureNames: readonly string[] = features.map(({ name }) => name)
