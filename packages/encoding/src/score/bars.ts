import { InvalidOptionError, LimitError } from '../errors.js'
import type { Score, TimeSignature } from './types.js'
import { validateScore } from './validate-score.js'

/** How far {@link barTicks} goes. */
export interface BarOptions {
  /** Most bars (default: 100,000). */
  readonly maxBars?: number
}

const commonTime: TimeSignature = { tick: 0, numerator: 4, denominator: 4 }

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
  if (!(Number.isInteger(maxBars) && maxBars >= 1)) {
    throw new InvalidOptionError('barTicks', 'maxBars', 'a positive integer', maxBars)
  }
  validateScore(score, 'barTicks')
  const end = score.notes.reduce((latest, { startTick }) => Math.max(latest, startTick + 1), 0)
  const signatures = [commonTime, ...score.timeSignatures]
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

/** The tick at which the bar begins that a tick lies in. */
export function barStart(score: Score, tick: number): number {
  const signature = score.timeSignatures.findLast(change => change.tick <= tick) ?? commonTime
  const length = barLength(signature, score.ticksPerQuarter)
  const bar = Math.floor((tick - signature.tick) / length)
  const start = signature.tick + Math.round(bar * length)
  return start <= tick ? start : signature.tick + Math.round((bar - 1) * length)
}

/** In ticks, at least 1. */
function barLength({ numerator, denominator }: TimeSignature, ticksPerQuarter: number): number {
  return Math.max(1, (ticksPerQuarter * 4 * numerator) / denominator)
}
