import { lastAtOrBefore } from './clock.js'
import type { DescribeOptions, TimeSignatureMark } from './types.js'

/** The bar that a tick lies in. */
export interface Bar {
  /** Counted from 0 at tick 0. A time signature in the middle of a bar begins the next one. */
  readonly index: number
  readonly startTick: number
  /** Length in quarter notes as the time signature has it. */
  readonly quarters: number
  readonly numerator: number
  readonly denominator: number
}

/** The bars of a piece. */
export interface Metre {
  barAt(tick: number): Bar
  /** The tick at which bar `index` begins. */
  startOfBar(index: number): number
}

export function createMetre({ ticksPerQuarter, timeSignatures = [] }: DescribeOptions): Metre {
  const marks: readonly TimeSignatureMark[] =
    timeSignatures[0]?.tick === 0
      ? timeSignatures
      : [{ tick: 0, numerator: 4, denominator: 4 }, ...timeSignatures]
  const barTicks = marks.map(mark => (ticksPerQuarter * 4 * mark.numerator) / mark.denominator)
  const firstBars = [0]
  for (let index = 1; index < marks.length; index++) {
    const ticks = marks[index]!.tick - marks[index - 1]!.tick
    firstBars.push(firstBars[index - 1]! + Math.ceil(ticks / barTicks[index - 1]!))
  }
  return {
    barAt(tick) {
      const section = lastAtOrBefore(marks, tick)
      const { numerator, denominator, tick: sectionStart } = marks[section]!
      const bars = Math.floor((tick - sectionStart) / barTicks[section]!)
      return {
        index: firstBars[section]! + bars,
        startTick: sectionStart + bars * barTicks[section]!,
        quarters: (4 * numerator) / denominator,
        numerator,
        denominator
      }
    },
    startOfBar(index) {
      let section = marks.length - 1
      while (firstBars[section]! > index) section--
      return marks[section]!.tick + (index - firstBars[section]!) * barTicks[section]!
    }
  }
}
