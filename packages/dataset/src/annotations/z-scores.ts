import { mean, requireValues, variance } from './series.js'

/**
 * The values with their mean taken away, over their (population) standard deviation: mean 0, deviation 1. Values that do
 * not vary become zeros.
 *
 * @throws {InvalidSeriesError} if there are no values, or one is not finite.
 */
export function zScores(values: readonly number[]): number[] {
  requireValues('zScores', 'values', values)
  const middle = mean(values)
  const deviation = Math.sqrt(variance(values))
  // A series of equal numbers can come out with a deviation of rounding errors.
  const isFlat = values.every(value => value === values[0])
  return values.map(value => (isFlat ? 0 : (value - middle) / deviation))
}
