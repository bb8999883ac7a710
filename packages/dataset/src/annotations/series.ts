import { InvalidSeriesError, TooFewAnnotationsError } from './errors.js'
import type { Sign } from './types.js'

/** The sign of a number; that of 0 is positive. */
export function signOf(value: number): Sign {
  return value >= 0 ? 1 : -1
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The population variance. */
export function variance(values: readonly number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length
}

/** The mean of equally long series, place by place. */
export function meanSeries(series: readonly (readonly number[])[]): number[] {
  return columnsOf(series).map(mean)
}

/** The values of all series at each place. */
export function columnsOf(series: readonly (readonly number[])[]): number[][] {
  return (series[0] ?? []).map((_, place) => series.map(values => values[place]!))
}

/** The length that most of the series have; of several such lengths the least. */
export function usualLength(series: readonly (readonly number[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of series) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [usual] = [...counts].sort(([a, m], [b, n]) => n - m || a - b)
  return usual === undefined ? 0 : usual[0]
}

/**
 * @throws {TooFewAnnotationsError} if there are no series.
 * @throws {InvalidSeriesError} if one is empty or has a value that is not finite.
 */
export function requireSeries(
  caller: string,
  path: string,
  series: readonly (readonly number[])[],
  needed = 1
): void {
  if (series.length < needed) throw new TooFewAnnotationsError(caller, path, needed, series.length)
  series.forEach((values, index) => {
    requireValues(caller, `${path}[${index}]`, values)
  })
}

/** @throws {InvalidSeriesError} if the series is empty or has a value that is not finite. */
export function requireValues(caller: string, path: string, values: readonly number[]): void {
  if (values.length === 0) throw new InvalidSeriesError(caller, path, 'at least one value', [])
  const place = values.findIndex(value => !Number.isFinite(value))
  if (place !== -1) {
    throw new InvalidSeriesError(caller, `${path}[${place}]`, 'a finite number', values[place])
  }
}
