import { barTicks } from '../score/bars.js'
import { createMetre } from '../score/metre.js'
import type { Score } from '../score/types.js'
import { nearestStep } from '../words/quantise.js'
import { type BarPlan, stepsOfBar } from './plan.js'

type Metre = Pick<BarPlan, 'numerator' | 'denominator'>

/** A bar on the grid of time steps. */
export interface BarInSteps {
  /** The time step at which it begins, and its length. */
  readonly start: number
  readonly steps: number
  readonly numerator: number
  readonly denominator: number
}

/**
 * The bars of a score up to that of the last onset, each from the time step that its first tick is nearest to. A bar that a time
 * signature cuts short, or that is no whole number of steps, gets the metre of its length; one shorter than a step is left out.
 */
export function barsInSteps(score: Score): BarInSteps[] {
  const metre = createMetre(score)
  const ticks = barTicks(score)
  const starts = ticks.map(tick => nearestStep(tick, score.ticksPerQuarter))
  return ticks.flatMap((tick, index) => {
    const { numerator, denominator } = metre.barAt(tick)
    const start = starts[index]!
    const steps = (starts[index + 1] ?? start + stepsOfBar({ numerator, denominator })) - start
    return steps > 0 ? [{ start, steps, ...metreOf({ numerator, denominator }, steps) }] : []
  })
}

/** The metre of a bar that is so many time steps long: its own if it says that, else that of the length. */
export function metreOf({ numerator, denominator }: Metre, steps: number): Metre {
  const isWhole = 16 * numerator === steps * denominator
  return isWhole ? { numerator, denominator } : metreOfLength(steps)
}

/** The metre of a bar of so many sixteenths: in quarters where they are whole, else in eighths, else in sixteenths. */
export function metreOfLength(steps: number): Metre {
  if (steps % 4 === 0) return { numerator: steps / 4, denominator: 4 }
  return steps % 2 === 0 ? { numerator: steps / 2, denominator: 8 } : { numerator: steps, denominator: 16 }
}
