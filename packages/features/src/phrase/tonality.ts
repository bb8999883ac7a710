import { estimateKey, type KeyCandidate, pitchClassHistogram, UniformHistogramError } from '@vgm/key-velocity'
import type { DescribedNote } from '../types.js'

/** The key of a phrase, and how much of each pitch class it holds. */
export interface Tonality {
  /** Pitch class, 0–11. */
  readonly tonic: number
  readonly mode: 'major' | 'minor'
  /** Correlation of each major key with the phrase by its tonic, −1 to 1; all 0 where every class sounds equally long. */
  readonly majorStrengths: readonly number[]
  /** The same of the minor keys. */
  readonly minorStrengths: readonly number[]
  /** How much of the phrase each pitch class sounds, by semitones above the tonic; the sum is 1. */
  readonly degreeShares: readonly number[]
}

/** Correlations that are closer than this differ by rounding only. */
const tolerance = 1e-9

/**
 * The key whose profile correlates best. Where several correlate equally, the first of them going up from the lowest
 * pitch is taken, major before minor: which one it is then moves with the notes when they are transposed.
 *
 * @param notes at least one.
 * @source Krumhansl & Kessler 1982
 */
export function estimateTonality(notes: readonly DescribedNote[]): Tonality {
  const histogram = Array.from(pitchClassHistogram(notes))
  const total = histogram.reduce((sum, weight) => sum + weight, 0)
  const majorStrengths = new Array<number>(12).fill(0)
  const minorStrengths = new Array<number>(12).fill(0)
  for (const { keyIndex, mode, correlation } of correlateKeys(notes)) {
    const strengths = mode === 'major' ? majorStrengths : minorStrengths
    strengths[keyIndex % 12] = correlation
  }
  const best = Math.max(...majorStrengths, ...minorStrengths) - tolerance
  const lowest = notes.reduce((low, { pitch }) => Math.min(low, pitch), 127)
  const up = Array.from({ length: 12 }, (_, semitones) => (lowest + semitones) % 12)
  const tonic = up.find(
    candidate => majorStrengths[candidate]! >= best || minorStrengths[candidate]! >= best
  )!
  return {
    tonic,
    mode: majorStrengths[tonic]! >= best ? 'major' : 'minor',
    majorStrengths,
    minorStrengths,
    degreeShares: histogram.map((_, semitones) => histogram[(tonic + semitones) % 12]! / total)
  }
}

/** The 24 keys; none where every pitch class sounds equally long, since nothing correlates with that. */
function correlateKeys(notes: readonly DescribedNote[]): readonly KeyCandidate[] {
  try {
    return estimateKey(notes).alternatives
  } catch (error) {
    if (error instanceof UniformHistogramError) return []
    throw error
  }
}
