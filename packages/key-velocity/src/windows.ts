import { InvalidOptionError, requireInteger, requireNumber, requirePositive } from '@vgm/base'
import { TooManyWindowsError } from './errors.js'

/** A change of the time signature, as a `Score` of `@vgm/encoding` lists them. */
export interface TimeSignatureChange {
  readonly tick: number
  readonly numerator: number
  readonly denominator: number
}

/** How to cut music into windows. */
export interface WindowOptions {
  /** > 0. */
  readonly ticksPerQuarter: number
  /** Bars per window, an integer of at least 1; 1 by default. */
  readonly bars?: number
  /** Quarters per window, > 0, instead of `bars`; the windows follow one another from tick 0 whatever the bars. */
  readonly quarters?: number
  /** Decide how long a bar is; 4/4 until the first, and throughout by default. Each begins a bar. In any order. */
  readonly timeSignatures?: readonly TimeSignatureChange[]
}

const maxWindows = 100_000

/**
 * Where windows begin, from tick 0 on, and where the last one ends: the first boundary at or after `end`.
 *
 * @throws {InvalidOptionError} if an option is out of its range.
 * @throws {TooManyWindowsError} if there would be more than 100,000.
 */
export function windowBoundaries(caller: string, end: number, options: WindowOptions): number[] {
  const { ticksPerQuarter, bars, quarters } = options
  requirePositive(caller, 'ticksPerQuarter', ticksPerQuarter)
  if (quarters === undefined) return barBoundaries(caller, end, options)
  if (bars !== undefined) throw new InvalidOptionError(caller, 'bars', 'nothing beside quarters', bars)
  requirePositive(caller, 'quarters', quarters)
  const length = quarters * ticksPerQuarter
  return [0, ...steps(caller, 0, end, length, 0)]
}

function barBoundaries(caller: string, end: number, options: WindowOptions): number[] {
  const { ticksPerQuarter, bars = 1, timeSignatures = [] } = options
  requireInteger(caller, 'bars', bars, 1)
  for (const [index, { tick, numerator, denominator }] of timeSignatures.entries()) {
    const field = (name: string) => `timeSignatures[${index}].${name}`
    requireNumber(caller, field('tick'), tick, 0)
    requirePositive(caller, field('numerator'), numerator)
    requirePositive(caller, field('denominator'), denominator)
  }
  const changes = [...timeSignatures].sort((a, b) => a.tick - b.tick).filter(({ tick }) => tick < end)
  const barStarts = [0]
  let signature: Omit<TimeSignatureChange, 'tick'> = { numerator: 4, denominator: 4 }
  for (const change of [...changes, undefined]) {
    const length = (ticksPerQuarter * 4 * signature.numerator) / signature.denominator
    const start = barStarts.at(-1) ?? 0
    const until = change?.tick ?? end
    if (until > start) {
      for (const tick of steps(caller, start, until, length, barStarts.length)) barStarts.push(tick)
      // A new signature begins a bar, even where the last one is not full.
      if (change !== undefined) barStarts[barStarts.length - 1] = until
    }
    if (change !== undefined) signature = change
  }
  const kept = barStarts.filter((_, index) => index % bars === 0)
  return (barStarts.length - 1) % bars === 0 ? kept : [...kept, barStarts.at(-1) ?? end]
}

/** The boundaries after `start` up to the first at or after `end`. */
function steps(caller: string, start: number, end: number, length: number, known: number): number[] {
  const count = Math.ceil((end - start) / length)
  if (known + count > maxWindows) throw new TooManyWindowsError(caller, maxWindows)
  return Array.from({ length: count }, (_, index) => start + (index + 1) * length)
}
