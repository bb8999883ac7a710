import { requireInteger } from '@vgm/base'
import { requireValues } from '../series.js'

/** Options of {@link dtwDistance}. */
export interface DtwOptions {
  /**
   * The largest distance between the places of two matched values (Sakoe-Chiba band), ≥ 0; widened to the difference in
   * length, without which there is no path. By default there is no band.
   */
  readonly band?: number | undefined
}

/**
 * The distance of two series under dynamic time warping: the root of the least sum of squared differences along any way
 * of matching one to the other that keeps their order. 0 for equal series; symmetric.
 *
 * @throws {InvalidSeriesError} if one is empty, or has a value that is not finite.
 * @throws {InvalidOptionError} unless `band` is an integer of at least 0.
 * @source Sakoe and Chiba 1978, with steps (1,0), (0,1), (1,1) of weight 1
 */
export function dtwDistance(a: readonly number[], b: readonly number[], { band }: DtwOptions = {}): number {
  requireValues('dtwDistance', 'a', a)
  requireValues('dtwDistance', 'b', b)
  if (band !== undefined) requireInteger('dtwDistance', 'band', band, 0)
  return warp(a, b, Math.max(band ?? Number.POSITIVE_INFINITY, Math.abs(a.length - b.length)))
}

function warp(a: readonly number[], b: readonly number[], band: number): number {
  let above = new Float64Array(b.length + 1).fill(Number.POSITIVE_INFINITY)
  let row = new Float64Array(b.length + 1)
  above[0] = 0
  for (let i = 0; i < a.length; i++) {
    row.fill(Number.POSITIVE_INFINITY)
    const last = Math.min(b.length - 1, i + band)
    for (let j = Math.max(0, i - band); j <= last; j++) {
      const step = Math.min(above[j]!, above[j + 1]!, row[j]!)
      row[j + 1] = (a[i]! - b[j]!) ** 2 + step
    }
    const free = above
    above = row
    row = free
  }
  return Math.sqrt(above[b.length]!)
}
