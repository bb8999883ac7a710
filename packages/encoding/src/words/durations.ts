import { firstIndex } from '@vgm/base'
import { durationTypes } from './vocabulary.js'

/** Units per quarter note that make all 28 durations integers: a triple-dotted 32nd is 15 of them. */
export const durationUnitsPerQuarter = 64

const breveUnits = 8 * durationUnitsPerQuarter
const dotFactors = [1, 1.5, 1.75, 1.875]

/** Lengths in 64ths of a quarter note, in the vocabulary's order: `d_breve_0` is 512, `d_32nd_3` is 15. */
export const durationUnits: readonly number[] = durationTypes.flatMap((_, type) =>
  dotFactors.map(factor => (breveUnits / 2 ** type) * factor)
)

/** Time steps that a note of each duration touches, in the vocabulary's order. A 32nd touches one. */
export const durationSteps: readonly number[] = durationUnits.map(units =>
  Math.ceil(units / (durationUnitsPerQuarter / 4))
)

const ascending = durationUnits.map((units, index) => ({ units, index })).sort((a, b) => a.units - b.units)

/** The index of the duration nearest to `ticks`; half-way, the longer. Exact: no division. */
export function nearestDuration(ticks: number, ticksPerQuarter: number): number {
  const twice = 2 * durationUnitsPerQuarter * ticks
  const isBelowBorder = (index: number) =>
    twice < (ascending[index]!.units + ascending[index + 1]!.units) * ticksPerQuarter
  return ascending[firstIndex(ascending.length - 1, isBelowBorder)]!.index
}

const plain = ascending.filter(({ index }) => index % dotFactors.length < 2)

/**
 * The index of the duration that a player who holds a note for less than its written length means: the next of those
 * with no or one dot if `ticks` are at least five sixths of it, else the nearest.
 */
export function writtenDuration(ticks: number, ticksPerQuarter: number): number {
  const units = durationUnitsPerQuarter * ticks
  const next = plain[firstIndex(plain.length, at => plain[at]!.units * ticksPerQuarter >= units)]
  const isJustShort = next && 6 * units >= 5 * next.units * ticksPerQuarter
  return isJustShort ? next.index : nearestDuration(ticks, ticksPerQuarter)
}
