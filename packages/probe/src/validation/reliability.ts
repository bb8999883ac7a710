import { requireInteger } from '@vgm/base'
import { requireJudged } from './scores.js'

/** The examples whose probability lies from `from` (included) to `to` (included in the last bin only). */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  /** Examples in it, at least 1. */
  readonly count: number
  readonly meanProbability: number
  /** Share of them that is positive. */
  readonly positiveRate: number
  /** 95 % interval of the share (Wilson's, which stays within 0 and 1). */
  readonly interval: readonly [low: number, high: number]
}

/** Probabilities beside what happened: whether 70 % means 7 in 10. */
export interface Reliability {
  /** From low to high; bins without examples are left out. */
  readonly bins: readonly ReliabilityBin[]
  /** Mean distance of probability and share over the bins, weighted by their counts ("ECE"). */
  readonly calibrationError: number
  /** Mean squared distance of probability and label (1 or 0). */
  readonly brierScore: number
}

const normalQuantile = 1.959963984540054

/**
 * Compares probabilities with what happened, in bins of equal width.
 *
 * @param labels `[N]`: 1 for positive, −1 or 0 (not both) for negative examples.
 * @param probabilities Of positive, `[N]`, by probes that did not see the examples, such as one of
 *   {@link CrossValidation.outOfFold}.
 * @param options.bins Default: 10.
 * @throws {ShapeError | InvalidLabelError | InvalidOptionError}
 * @source Wilson 1927 (interval)
 */
export function reliability(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { readonly bins?: number } = {}
): Reliability {
  const { bins: count = 10 } = options
  requireInteger('reliability', 'bins', count, 1, 1000)
  const [classes, judged] = requireJudged('reliability', labels, probabilities)
  const sums = Array.from({ length: count }, () => ({ count: 0, probability: 0, positives: 0 }))
  let squares = 0
  judged.forEach((probability, i) => {
    const bin = sums[Math.min(count - 1, Math.floor(probability * count))]!
    bin.count++
    bin.probability += probability
    bin.positives += classes[i]!
    squares += (probability - classes[i]!) ** 2
  })
  const bins = sums.flatMap((sum, index) => {
    if (sum.count === 0) return []
    const positiveRate = sum.positives / sum.count
    return {
      from: index / count,
      to: (index + 1) / count,
      count: sum.count,
      meanProbability: sum.probability / sum.count,
      positiveRate,
      interval: wilsonInterval(positiveRate, sum.count)
    }
  })
  const distances = bins.map(bin => bin.count * Math.abs(bin.meanProbability - bin.positiveRate))
  return {
    bins,
    calibrationError: distances.reduce((sum, each) => sum + each, 0) / classes.length,
    brierScore: squares / classes.length
  }
}

function wilsonInterval(rate: number, count: number): [number, number] {
  const square = normalQuantile ** 2
  const middle = (rate + square / (2 * count)) / (1 + square / count)
  const reach =
    (normalQuantile / (1 + square / count)) *
    Math.sqrt((rate * (1 - rate)) / count + square / (4 * count ** 2))
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}
