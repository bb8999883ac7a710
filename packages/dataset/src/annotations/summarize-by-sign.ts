import { requireNumber } from '@vgm/base'
import { InvalidSeriesError, TooFewAnnotationsError } from './errors.js'
import { mean, meanSeries, requireSeries, signOf, usualLength, variance } from './series.js'
import { splitAtChanges } from './split-bars.js'
import type { PhraseSpan, Sign } from './types.js'

/** Options of {@link summarizeBySign}. */
export interface SignRuleOptions {
  /** Annotations that vary more than this about their own mean are left out (default: 0.1). */
  readonly maxVariance?: number | undefined
  /**
   * Up to this distance from 0 the mean valence of a bar is ambiguous, and the bar takes what most bars before it say; half
   * of it for arousal (default: 0.1).
   */
  readonly threshold?: number | undefined
}

/** All listeners' ratings of a piece: `[listener][bar]`, the same listeners in the same order on both axes. */
export interface AxisRatings {
  readonly valence: readonly (readonly number[])[]
  readonly arousal: readonly (readonly number[])[]
}

/** The steps of {@link summarizeBySign} on one axis. Listeners are indices into the ratings. */
export interface SignAxis {
  /** Whose mean is above 0. */
  readonly positive: readonly number[]
  /** Whose mean is below 0. */
  readonly negative: readonly number[]
  /** Left out: of unusual length, too variable, or with a mean of 0. */
  readonly dropped: readonly number[]
  /** The group that is the piece's: the larger one, of equal ones that whose mean is farther from 0. */
  readonly chosen: 'positive' | 'negative'
  /** The mean of that group, per bar. */
  readonly mean: readonly number[]
  /** The result of the rule, per bar. */
  readonly signs: readonly Sign[]
}

/** The result of {@link summarizeBySign}. */
export interface SignSummary {
  readonly valence: SignAxis
  readonly arousal: SignAxis
  /** Phrases without a limit to their length. */
  readonly spans: readonly PhraseSpan[]
}

const publishedDefaults = { maxVariance: 0.1, threshold: 0.1 }

/**
 * The phrases of a piece by the rule of VGMIDI 0.2: on either axis the listeners are split by the sign of their mean, the
 * larger group's mean speaks for the piece, and a phrase ends wherever valence or arousal changes its sign.
 *
 * A bar that is ambiguous before any other was clear takes the sign of its own mean, where 0 counts as positive. Both
 * thresholds from 0.05 to 0.2 give the published labels.
 *
 * @throws {TooFewAnnotationsError} if there is no listener, or every one is left out.
 * @throws {InvalidSeriesError} if a series is empty, has a value that is not finite, or the axes do not fit each other.
 * @throws {InvalidOptionError} if an option is negative.
 * @source https://github.com/lucasnfe/vgmidi, tag 0.2
 */
export function summarizeBySign(ratings: AxisRatings, options: SignRuleOptions = {}): SignSummary {
  const { maxVariance = publishedDefaults.maxVariance, threshold = publishedDefaults.threshold } = options
  requireNumber('summarizeBySign', 'maxVariance', maxVariance, 0)
  requireNumber('summarizeBySign', 'threshold', threshold, 0)
  requireSeries('summarizeBySign', 'valence', ratings.valence)
  requireSeries('summarizeBySign', 'arousal', ratings.arousal)
  const valence = summarizeAxis(ratings.valence, 'valence', maxVariance, threshold)
  const arousal = summarizeAxis(ratings.arousal, 'arousal', maxVariance, threshold / 2)
  if (valence.signs.length !== arousal.signs.length) {
    const expected = `as many bars as valence, ${valence.signs.length}`
    throw new InvalidSeriesError('summarizeBySign', 'arousal', expected, arousal.signs.length)
  }
  const labels = valence.signs.map((sign, bar) => ({ valence: sign, arousal: arousal.signs[bar]! }))
  return { valence, arousal, spans: splitAtChanges(labels) }
}

function summarizeAxis(
  ratings: readonly (readonly number[])[],
  name: string,
  maxVariance: number,
  threshold: number
): SignAxis {
  const length = usualLength(ratings)
  const sides = ratings.map(values => {
    if (values.length !== length || variance(values) > maxVariance) return 0
    return Math.sign(mean(values))
  })
  const [positive, negative, dropped] = [1, -1, 0].map(wanted =>
    sides.flatMap((side, listener) => (side === wanted ? [listener] : []))
  ) as [number[], number[], number[]]
  if (dropped.length === ratings.length) {
    throw new TooFewAnnotationsError('summarizeBySign', `${name} annotations that vary little enough`, 1, 0)
  }
  const means = { positive: meanOf(ratings, positive), negative: meanOf(ratings, negative) }
  const chosen = isNegative(means, positive.length, negative.length) ? 'negative' : 'positive'
  return {
    positive,
    negative,
    dropped,
    chosen,
    mean: means[chosen],
    signs: signsOf(means[chosen], threshold)
  }
}

function meanOf(ratings: readonly (readonly number[])[], listeners: readonly number[]): number[] {
  return meanSeries(listeners.map(listener => ratings[listener]!))
}

function isNegative(
  means: { readonly positive: readonly number[]; readonly negative: readonly number[] },
  positiveCount: number,
  negativeCount: number
): boolean {
  if (positiveCount !== negativeCount) return negativeCount > positiveCount
  return -mean(means.negative) >= mean(means.positive)
}

function signsOf(values: readonly number[], threshold: number): Sign[] {
  const signs: Sign[] = []
  let balance = 0
  for (const value of values) {
    const isClear = Math.abs(value) > threshold
    const sign = signOf(isClear || signs.length === 0 ? value : balance)
    signs.push(sign)
    balance += sign
  }
  return signs
}
