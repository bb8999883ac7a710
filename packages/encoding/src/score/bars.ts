import { requireInteger } from '@vgm/base'
import { LimitError } from '../errors.js'
import { type BarMap, barLength, createMetre, signaturesOf } from './metre.js'
import type { Score } from './types.js'
import { validateScore } from './validate-score.js'

/** A limit for {@link barTicks}. */
export interface BarOptions {
  /** Most bars (default: 100,000). */
  readonly maxBars?: number
}

/**
 * The tick at which each bar begins, from 0 up to the bar in which the last note begins; `[]` for a score without notes.
 *
 * Bars follow the time signatures, 4/4 until the first. A signature in the middle of a bar begins a new one. Where a bar
 * is no whole number of ticks long, its beginning is rounded; none is shorter than a tick.
 *
 * @throws {InvalidScoreError} if a field of the score is out of its range.
 * @throws {InvalidOptionError} if `maxBars` is no positive integer.
 * @throws {LimitError} if there are more bars.
 */
export function barTicks(score: Score, { maxBars = 100_000 }: BarOptions = {}): number[] {
  requireInteger('barTicks', 'maxBars', maxBars, 1)
  validateScore(score, 'barTicks')
  const end = score.notes.reduce((latest, { startTick }) => Math.max(latest, startTick + 1), 0)
  const signatures = signaturesOf(score)
  const ticks: number[] = []
  for (const [index, signature] of signatures.entries()) {
    const until = Math.min(signatures[index + 1]?.tick ?? end, end)
    const length = barLength(signature, score.ticksPerQuarter)
    const count = Math.ceil((until - signature.tick) / length)
    if (ticks.length + count > maxBars) {
      throw new LimitError('barTicks', 'maxBars', maxBars, ticks.length + count)
    }
    for (let bar = 0; bar < count; bar++) {
      const tick = signature.tick + Math.round(bar * length)
      if (tick < until) ticks.push(tick)
    }
  }
  return ticks
}

/** The tick at which the bar of a tick begins, rounded as {@link barTicks} does. */
export function barStart(score: BarMap, tick: number): number {
  const metre = createMetre(score)
  const { index, startTick } = metre.barAt(tick)
  const start = Math.round(startTick)
  return start <= tick ? start : Math.round(metre.startOfBar(index - 1))
}

/** Where the bar that begins at `tick` ends if no time signature interrupts it. */
export function endOfBar(score: BarMap, tick: number): number {
  const signature = signaturesOf(score).findLast(change => change.tick <= tick)!
  return tick + Math.round(barLength(signature, score.ticksPerQuarter))
}
