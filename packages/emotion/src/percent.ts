import type { Summary } from '@vgm/probe'

/** A share in per cent, as tables have it. */
export const percent = (share: number) => (100 * share).toFixed(1)

/** A mean share with its deviation and its interval, in per cent. */
export function spread(summary: Summary): { readonly accuracy: string; readonly interval: string } {
  const [low, high] = summary.interval
  return {
    accuracy: `${percent(summary.mean)} ± ${percent(summary.deviation)}`,
    interval: `${percent(low)} … ${percent(high)}`
  }
}
