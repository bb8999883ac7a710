import { requireInteger } from '@vgm/base'
import type { BarPlan, Plan, Return } from './plan.js'

/**
 * Some bars of a plan as a plan of their own. A bar that came back from before the cut is new where it comes first, and comes back
 * from there afterwards.
 *
 * @param first The first bar, from 0.
 * @param count The number of bars.
 * @throws {InvalidOptionError} if the plan has not so many bars.
 */
export function cutPlan(plan: Plan, first: number, count: number): Plan {
  requireInteger('cutPlan', 'first', first, 0, plan.bars.length - 1)
  requireInteger('cutPlan', 'count', count, 1, plan.bars.length - first)
  // Every bar belongs to the one that it came from at first.
  const origins: number[] = []
  for (const [index, { returns }] of plan.bars.entries()) {
    origins.push(returns ? origins[index - returns.bars]! : index)
  }
  const latest = new Map<number, number>()
  const bars = plan.bars.slice(first, first + count).map((bar, index): BarPlan => {
    const { returns } = bar
    const origin = origins[first + index]!
    const before = latest.get(origin)
    latest.set(origin, index)
    if (!returns || returns.bars <= index) return bar
    const moved: Return | null = before === undefined ? null : { bars: index - before, how: 'varied' }
    return { ...bar, returns: moved }
  })
  return { bars }
}
