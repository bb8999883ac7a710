import { firstIndex } from './first-index.js'
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
