import { mean, requireSeries } from './series.js'

/** How far the listeners of a piece agree. */
export interface Agreement {
  /** As {@link krippendorffAlpha} gives it. */
  readonly alpha: number | undefined
  /** As {@link meanPairwiseCorrelation} gives it. */
  readonly correlation: number | undefined
}

/**
 * How far the listeners of a piece agree, by both measures.
 *
 * @param ratings One series per listener.
 * @throws {TooFewAnnotationsError} if there is no listener.
 * @throws {InvalidSeriesError} if a series is empty, or has a value that is not finite.
 */
export function measureAgreement(ratings: readonly (readonly number[])[]): Agreement {
  return { alpha: krippendorffAlpha(ratings), correlation: meanPairwiseCorrelation(ratings) }
}

/**
 * Krippendorff's alpha for interval data: 1 if all listeners say the same of every bar, 0 if they agree as chance would
 * have it, less if they contradict each other.
 *
 * @param ratings One series per listener; a bar that a shorter series lacks counts as not rated by that listener, and a
 *   bar rated by one listener alone says nothing.
 * @returns `undefined` where all ratings are the same number, or no bar has two: there is nothing to agree on.
 * @throws {TooFewAnnotationsError} if there is no listener.
 * @throws {InvalidSeriesError} if a series is empty, or has a value that is not finite.
 * @source Krippendorff 2004, "Content Analysis", chapter 11
 */
export function krippendorffAlpha(ratings: readonly (readonly number[])[]): number | undefined {
  requireSeries('krippendorffAlpha', 'ratings', ratings)
  const bars = ratings.reduce((most, values) => Math.max(most, values.length), 0)
  const units = Array.from({ length: bars }, (_, bar) =>
    ratings.filter(values => bar < values.length).map(values => values[bar]!)
  ).filter(values => values.length > 1)
  const all = units.flat()
  const first = all[0]
  if (first === undefined || all.every(value => value === first)) return undefined
  const observed = units.reduce((sum, unit) => sum + squaredDifferences(unit) / (unit.length - 1), 0)
  return 1 - observed / (squaredDifferences(all) / (all.length - 1))
}

/** The sum of squared differences over all ordered pairs. */
function squaredDifferences(values: readonly number[]): number {
  const middle = mean(values)
  return 2 * values.length * values.reduce((sum, value) => sum + (value - middle) ** 2, 0)
}

/**
 * The mean of Pearson's correlation over all pairs of listeners, over the bars that both have. Pairs with a listener who
 * never moves have no correlation and are left out.
 *
 * @param ratings One series per listener.
 * @returns From −1 to 1; `undefined` where no pair has a correlation.
 * @throws {TooFewAnnotationsError} if there is no listener.
 * @throws {InvalidSeriesError} if a series is empty, or has a value that is not finite.
 */
export function meanPairwiseCorrelation(ratings: readonly (readonly number[])[]): number | undefined {
  requireSeries('meanPairwiseCorrelation', 'ratings', ratings)
  const all: number[] = []
  for (let i = 1; i < ratings.length; i++) {
    for (let j = 0; j < i; j++) {
      const value = correlation(ratings[i]!, ratings[j]!)
      if (value !== undefined) all.push(value)
    }
  }
  return all.length === 0 ? undefined : mean(all)
}

function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const count = Math.min(a.length, b.length)
  const [left, right] = [a.slice(0, count), b.slice(0, count)]
  if (left.every(value => value === left[0]) || right.every(value => value === right[0])) return undefined
  const [leftMean, rightMean] = [mean(left), mean(right)]
  let both = 0
  let leftSquares = 0
  let rightSquares = 0
  for (let bar = 0; bar < count; bar++) {
    const x = left[bar]! - leftMean
    const y = right[bar]! - rightMean
    both += x * y
    leftSquares += x * x
    rightSquares += y * y
  }
  return both / Math.sqrt(leftSquares * rightSquares)
}
