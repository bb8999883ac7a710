import { mean, median } from '../families/statistics.js'
import type { Form } from './form.js'
import { type FormMeasure, formMeasures } from './measures.js'
import { type RealRange, realForm } from './real-form.js'

/** A measure of a piece, beside real music. */
export interface FormRow extends RealRange {
  readonly measure: FormMeasure
  /** `null` where the piece is too short for it, or no bar returns. */
  readonly value: number | null
  /** Whether the value lies outside of `low` to `high`. */
  readonly isOutside: boolean
}

/** Every measure of a piece, or the medians of several, beside the 10–90 % range of {@link realForm}. */
export function compareForm(values: Readonly<Record<FormMeasure, number | boolean | null>>): FormRow[] {
  return formMeasures.map(measure => {
    const value = numberOf(values[measure])
    const range = realForm[measure]
    return {
      measure,
      value,
      ...range,
      isOutside: value !== null && (value < range.low || value > range.high)
    }
  })
}

/**
 * The median of each measure over pieces, those left out that have none; of a yes or no, the share of pieces that do.
 * `null` where no piece has one.
 */
export function summarizeForms(forms: readonly Form[]): Record<FormMeasure, number | null> {
  const summaries = formMeasures.map(measure => {
    const values = forms.map(form => numberOf(form[measure])).filter(value => value !== null)
    return [measure, isYesOrNo(measure) && values.length > 0 ? mean(values) : median(values)] as const
  })
  return Object.fromEntries(summaries) as Record<FormMeasure, number | null>
}

/** A row of a table: a measure, a text for each group, and the range of real music. */
export type FormTableRow = Readonly<Record<string, string>>

/**
 * Measures side by side as rows of a table, real music's 10–90 % range last. A value outside of it is followed by `low` or
 * `high`.
 *
 * @param groups Pieces, or medians of several, by the names of their columns.
 */
export function formTable(
  groups: Readonly<Record<string, Readonly<Record<FormMeasure, number | boolean | null>>>>
): FormTableRow[] {
  const names = Object.keys(groups)
  const compared = names.map(name => compareForm(groups[name]!))
  return formMeasures.map((measure, index) => {
    const rows = compared.map(group => group[index]!)
    const { low, middle, high } = realForm[measure]
    const real = isYesOrNo(measure) ? `${percent(middle)} of pieces` : `${short(low)} … ${short(high)}`
    return {
      measure,
      ...Object.fromEntries(rows.map((row, at) => [names[at]!, cellOf(row, groups[names[at]!]![measure])])),
      'real music': real
    }
  })
}

function cellOf({ measure, value, low, isOutside }: FormRow, given: number | boolean | null): string {
  if (value === null) return '–'
  if (typeof given === 'boolean') return given ? 'yes' : 'no'
  const text = isYesOrNo(measure) ? `${percent(value)} of pieces` : short(value)
  return isOutside ? `${text} ${value < low ? 'low' : 'high'}` : text
}

const isYesOrNo = (measure: FormMeasure) => measure === 'endsHeld' || measure === 'endsOnTonic'
const short = (value: number) => String(Number(value.toFixed(2)))
const percent = (share: number) => `${Math.round(100 * share)} %`

function numberOf(value: number | boolean | null): number | null {
  return value === null ? null : Number(value)
}
