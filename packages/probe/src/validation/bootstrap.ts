import { createRandom, requireInteger } from '@vgm/base'

/** Options of {@link bootstrapInterval}. */
export interface BootstrapOptions {
  /** How often the items are drawn anew (default: 1,000). */
  readonly resamples?: number
  /** Integer from 0 to 2³² − 1 (default: 0). */
  readonly seed?: number
}

/**
 * The 95 % interval of a statistic by the bootstrap: from every group as many items as it has are drawn with replacement,
 * again and again, and the middle 95 % of the statistics are taken.
 *
 * @param groups Independent items, such as pieces; phrases of one piece are not. Groups are never mixed.
 * @param statistic Gets the groups as drawn; finite.
 * @throws {InvalidOptionError}
 * @source Efron & Tibshirani 1993, percentile intervals
 */
export function bootstrapInterval<Item>(
  groups: readonly (readonly Item[])[],
  statistic: (groups: readonly (readonly Item[])[]) => number,
  { resamples = 1000, seed = 0 }: BootstrapOptions = {}
): readonly [low: number, high: number] {
  requireInteger('bootstrapInterval', 'resamples', resamples, 1)
  const random = createRandom(seed).fork('bootstrap')
  const values = Float64Array.from({ length: resamples }, () =>
    statistic(groups.map(group => group.map(() => group[random.below(group.length)]!)))
  ).sort()
  const quantile = (share: number) => values[Math.round(share * (resamples - 1))]!
  return [quantile(0.025), quantile(0.975)]
}
