import { firstIndex } from '@vgm/base'
import type { TimeSignature } from './types.js'

/** The time signatures of a piece. A `Score` is one. */
export interface BarMap {
  readonly ticksPerQuarter: number
  /** By ascending tick; each begins a bar. 4/4 until the first. */
  readonly timeSignatures?: readonly TimeSignature[]
}

/** A bar. */
export interface Bar {
  /** Counted from 0 at tick 0. A time signature in the middle of a bar begins the next one. */
  readonly index: number
  /** Where it begins; a fraction where bars are no whole number of ticks. */
  readonly startTick: number
  /** Its length in quarter notes as the time signature has it. */
  readonly quarters: number
  readonly numerator: number
  readonly denominator: number
}

/** The bars of a piece. */
export interface Metre {
  /** The bar that a tick lies in. */
  barAt(tick: number): Bar
  /** The tick at which bar `index` begins; a fraction where bars are no whole number of ticks. */
  startOfBar(index: number): number
}

const commonTime: TimeSignature = { tick: 0, numerator: 4, denominator: 4 }

/** The time signatures from tick 0 on, 4/4 until the first that is said. */
export function signaturesOf({ timeSignatures = [] }: BarMap): readonly TimeSignature[] {
  return timeSignatures[0]?.tick === 0 ? timeSignatures : [commonTime, ...timeSignatures]
}

/** The length of a bar in ticks, at least 1; may be a fraction. */
export function barLength({ numerator, denominator }: TimeSignature, ticksPerQuarter: number): number {
  return Math.max(1, (ticksPerQuarter * 4 * numerator) / denominator)
}

/** The bars of a piece, for many questions about it. */
export function createMetre(map: BarMap): Metre {
  const signatures = signaturesOf(map)
  const lengths = signatures.map(signature => barLength(signature, map.ticksPerQuarter))
  const firstBars = [0]
  for (let index = 1; index < signatures.length; index++) {
    const ticks = signatures[index]!.tick - signatures[index - 1]!.tick
    firstBars.push(firstBars[index - 1]! + Math.ceil(ticks / lengths[index - 1]!))
  }
  return {
    barAt(tick) {
      const section = firstIndex(signatures.length, index => signatures[index]!.tick > tick) - 1
      const { numerator, denominator, tick: sectionStart } = signatures[section]!
      const bars = Math.floor((tick - sectionStart) / lengths[section]!)
      return {
        index: firstBars[section]! + bars,
        startTick: sectionStart + bars * lengths[section]!,
        quarters: (4 * numerator) / denominator,
        numerator,
        denominator
      }
    },
    startOfBar(index) {
      const section = firstIndex(firstBars.length, at => firstBars[at]! > index) - 1
      return signatures[section]!.tick + (index - firstBars[section]!) * lengths[section]!
    }
  }
}
