import { parseJson } from '@vgm/base'
import { type BarPlan, chordIndex, chordNames } from '@vgm/encoding/description'
import * as v from 'valibot'
import type { BankedPlan, PlanBank } from './plan-bank.js'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const mean = v.nullable(v.number())
const chord = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(chordNames.length - 1)))

/**
 * A bar as a row: numerator, denominator, time steps, notes, their mean velocity, pitch and length, the chords of both halves by their
 * index (−1 for none), and how many bars ago the bar was that comes back, 0 for none, below 0 where it is varied.
 */
const barRow = v.tuple([count, count, count, count, mean, mean, mean, chord, chord, v.number()])
type BarRow = v.InferOutput<typeof barRow>

const bankFile = v.object({
  format: v.literal('vgm-plans'),
  formatVersion: v.literal(1),
  plans: v.array(v.object({ mode: v.picklist(['major', 'minor']), bars: v.array(barRow) }))
})

const rounded = (value: number | undefined, decimals: number) =>
  value === undefined ? null : Math.round(value * 10 ** decimals) / 10 ** decimals

const rowChord = (chord: string | null | undefined) =>
  chord === undefined ? null : chord === null ? -1 : (chordIndex(chord) ?? -1)

function rowOf({ numerator, denominator, steps, notes = 0, ...bar }: BarPlan): BarRow {
  const { velocity, pitch, duration, chords, returns } = bar
  const back = returns ? (returns.how === 'varied' ? -returns.bars : returns.bars) : 0
  return [
    numerator,
    denominator,
    steps,
    notes,
    rounded(velocity, 0),
    rounded(pitch, 1),
    rounded(duration, 2),
    rowChord(chords?.[0]),
    rowChord(chords?.[1]),
    back
  ]
}

const chordAt = (index: number) => (index < 0 ? null : chordNames[index]!)

function barOf([
  numerator,
  denominator,
  steps,
  notes,
  velocity,
  pitch,
  duration,
  first,
  second,
  back
]: BarRow): BarPlan {
  return {
    numerator,
    denominator,
    steps,
    notes,
    ...(velocity !== null && { velocity }),
    ...(pitch !== null && { pitch }),
    ...(duration !== null && { duration }),
    ...(first !== null && second !== null && { chords: [chordAt(first), chordAt(second)] }),
    returns: back === 0 ? null : { bars: Math.abs(back), how: back < 0 ? 'varied' : 'exact' }
  }
}

/** A bank as the text of a file. Means are rounded, which no class of the plan's controls is finer than. */
export function planBankToJson({ plans }: PlanBank): string {
  const rows = plans.map(({ mode, bars }) => ({ mode, bars: bars.map(rowOf) }))
  return JSON.stringify({ format: 'vgm-plans', formatVersion: 1, plans: rows })
}

/**
 * The bank that {@link planBankToJson} wrote.
 *
 * @throws {JsonError} naming the place, if the text is no such file.
 */
export function planBankFromJson(text: string): PlanBank {
  const { plans } = parseJson(bankFile, text)
  return { plans: plans.map(({ mode, bars }): BankedPlan => ({ mode, bars: bars.map(barOf) })) }
}
