import { requireInteger } from '@vgm/base'
import { InvalidSeriesError } from './errors.js'
import { mean, requireValues } from './series.js'

/**
 * The mean of every `window` neighbouring values: `window − 1` values fewer than there were.
 *
 * @throws {InvalidSeriesError} if there are fewer values than `window`, or one is not finite.
 * @throws {InvalidOptionError} unless `window` is a positive integer.
 */
export function movingAverage(values: readonly number[], window: number): number[] {
  requireInteger('movingAverage', 'window', window, 1)
  requireValues('movingAverage', 'values', values)
  if (values.length < window) {
    throw new InvalidSeriesError('movingAverage', 'values', `at least ${window} values`, values)
  }
  return Array.from({ length: values.length - window + 1 }, (_, from) =>
    mean(values.slice(from, from + window))
  )
}
