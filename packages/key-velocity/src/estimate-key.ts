import { NoNotesError, UniformHistogramError } from './errors.js'
import { histogramOf } from './histogram.js'
import { keys } from './keys.js'
import { pitchedNotesOf } from './notes.js'
import { defaultProfile, type ProfileName, standardizedProfiles } from './profiles.js'
import type { KeyCandidate, KeyEstimate, NoteSource } from './types.js'

/** Options of {@link estimateKey}. */
export interface KeyOptions {
  /** The profile to correlate with; `krumhansl-kessler` by default. */
  readonly profile?: ProfileName
}

/** Correlations that differ by rounding alone are ties. */
const resolution = 1e12
/** Below this share of the mean's square, the variance of a histogram is rounding. */
const roundingVariance = 1e-24

/**
 * The key of notes: their duration-weighted pitch-class histogram is correlated with the profiles of the 24 keys, and the
 * largest correlation wins. Ties (to 12 decimals) go to the smaller `keyIndex`: major before minor, then C before B.
 * Percussion (channel index 9) does not count, and a note of length 0 weighs nothing.
 *
 * @throws {NoNotesError} if no pitched note has a length.
 * @throws {UniformHistogramError} if all pitch classes weigh the same, where a correlation is undefined.
 * @throws {InvalidNoteError} if a note is out of its range.
 * @throws {InvalidOptionError} if no profile has that name.
 * @source Krumhansl 1990, Cognitive Foundations of Musical Pitch, chapter 4
 */
export function estimateKey(notes: NoteSource, options: KeyOptions = {}): KeyEstimate {
  const profiles = standardizedProfiles('estimateKey', options.profile ?? defaultProfile)
  const pitched = pitchedNotesOf('estimateKey', notes)
  const histogram = histogramOf(pitched)
  const answer = rankKeys(histogram, profiles)
  if (answer !== undefined) return answer
  const [ticks] = histogram
  if (ticks) throw new UniformHistogramError('estimateKey', ticks)
  throw new NoNotesError('estimateKey', pitched.percussionNotes, pitched.pitches.length)
}

/**
 * The keys in order of correlation, or `undefined` if every pitch class weighs the same, be it nothing.
 *
 * @param histogram `[12]`.
 * @param profiles `[24, 12]`, each of mean 0 and length 1.
 */
export function rankKeys(histogram: Float64Array, profiles: Float64Array): KeyEstimate | undefined {
  const mean = histogram.reduce((sum, weight) => sum + weight, 0) / 12
  const variance = histogram.reduce((sum, weight) => sum + (weight - mean) ** 2, 0)
  if (variance <= roundingVariance * mean ** 2) return undefined
  const length = Math.sqrt(variance)
  const candidates = keys.map((key): KeyCandidate => {
    let product = 0
    for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
      product += (histogram[pitchClass]! - mean) * profiles[key.keyIndex * 12 + pitchClass]!
    }
    return { ...key, correlation: Math.min(1, Math.max(-1, product / length)) }
  })
  candidates.sort((a, b) => rounded(b) - rounded(a) || a.keyIndex - b.keyIndex)
  const [best] = candidates
  return best && { ...best, alternatives: candidates }
}

function rounded({ correlation }: KeyCandidate): number {
  return Math.round(correlation * resolution)
}
