import { InvalidOptionError } from '@vgm/base'

/** Names of the key profiles. */
export type ProfileName =
  | 'krumhansl-kessler'
  | 'temperley'
  | 'aarden-essen'
  | 'albrecht-shanahan'
  | 'bellman-budge'

/** How much each pitch class belongs to a key, from the tonic up in semitones; the scale does not matter. */
export interface KeyProfile {
  /** `[12]`. */
  readonly major: readonly number[]
  /** `[12]`. */
  readonly minor: readonly number[]
}

/**
 * The key profiles by name.
 *
 * - `krumhansl-kessler`: how well listeners found a probe tone to fit. Krumhansl & Kessler 1982, Psychological Review
 *   89(4); Krumhansl 1990, Cognitive Foundations of Musical Pitch, table 2.1.
 * - `temperley`: share of the segments of the Kostka-Payne corpus in which the scale degree occurs. Temperley 2007, Music
 *   and Probability, p. 85.
 * - `aarden-essen`: scale degrees in the melodies of the Essen Folksong Collection, without their last notes. Aarden 2003,
 *   Dynamic Melodic Expectancy, doctoral thesis, Ohio State University.
 * - `albrecht-shanahan`: scale degrees in the first and last bars of 490 pieces. Albrecht & Shanahan 2013, The Use of
 *   Large Corpora to Train a New Type of Key-Finding Algorithm, Music Perception 31(1), 59–67, with the values that IDyOM's
 *   key-finding.lisp reprints. Its authors compare by Euclidean distance; here it is correlated like the others.
 * - `bellman-budge`: Budge's counts of chords in common-practice music as pitch classes. Bellman 2005, About the
 *   Determination of Key of a Musical Excerpt, CMMR.
 */
export const keyProfiles: Readonly<Record<ProfileName, KeyProfile>> = {
  'krumhansl-kessler': {
    major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
    minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]
  },
  temperley: {
    major: [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4],
    minor: [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33]
  },
  'aarden-essen': {
    major: [
      17.7661, 0.145624, 14.9265, 0.160186, 19.8049, 11.3587, 0.291248, 22.062, 0.145624, 8.15494, 0.232998,
      4.95122
    ],
    minor: [
      18.2648, 0.737619, 14.0499, 16.8599, 0.702494, 14.4362, 0.702494, 18.6161, 4.56621, 1.93186, 7.37619,
      1.75623
    ]
  },
  'albrecht-shanahan': {
    major: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
    minor: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052]
  },
  'bellman-budge': {
    major: [16.8, 0.86, 12.95, 1.41, 13.49, 11.93, 1.25, 20.28, 1.8, 8.04, 0.62, 10.57],
    minor: [18.16, 0.69, 12.99, 13.34, 1.07, 11.15, 1.38, 21.07, 7.49, 1.53, 0.92, 10.21]
  }
}

/** The names that {@link keyProfiles} has. */
export const profileNames = Object.keys(keyProfiles) as readonly ProfileName[]

/** The profile that is used where none is named. */
export const defaultProfile: ProfileName = 'krumhansl-kessler'

/**
 * The profiles of all 24 keys, `[24, 12]` by key and pitch class, each of mean 0 and length 1: the correlation with a
 * histogram of mean 0 is then a dot product over the histogram's length.
 */
export function standardizedProfiles(caller: string, name: ProfileName): Float64Array {
  const profile = standardized.get(name)
  if (profile === undefined) {
    throw new InvalidOptionError(caller, 'profile', `one of ${profileNames.join(', ')}`, name)
  }
  return profile
}

const standardized: ReadonlyMap<string, Float64Array> = new Map(
  profileNames.map(name => [name, standardize(keyProfiles[name])])
)

function standardize({ major, minor }: KeyProfile): Float64Array {
  const rows = new Float64Array(24 * 12)
  for (const [offset, weights] of [major, minor].entries()) {
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / 12
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0))
    for (let tonic = 0; tonic < 12; tonic++) {
      for (const [degree, weight] of weights.entries()) {
        rows[(offset * 12 + tonic) * 12 + ((tonic + degree) % 12)] = (weight - mean) / length
      }
    }
  }
  return rows
}
