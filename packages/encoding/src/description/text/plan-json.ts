import { checkJson } from '@vgm/base'
import * as v from 'valibot'
import { chordNames } from '../chords.js'
import { type BarPlan, type Plan, stepsOfBar } from '../plan.js'

const number = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.check(value => value >= least && value <= most, `must be from ${least} to ${most}`)
  )
const whole = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.check(
      value => Number.isInteger(value) && value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`
    )
  )
const chord = v.nullable(v.picklist(chordNames))
const ascending = (values: number[]) => values.every((value, at) => value > (values[at - 1] ?? -1))
const most = 999_999_999

const barSchema = v.strictObject({
  numerator: whole(1, 99_999),
  denominator: v.picklist(Array.from({ length: 16 }, (_, power) => 2 ** power)),
  steps: v.exactOptional(whole(1, most)),
  notes: v.exactOptional(whole(0, most)),
  velocity: v.exactOptional(number(0, 127)),
  pitch: v.exactOptional(number(0, 127)),
  duration: v.exactOptional(number(0, Number.MAX_VALUE)),
  chords: v.exactOptional(v.strictTuple([chord, chord])),
  programs: v.exactOptional(v.pipe(v.array(whole(0, 127)), v.check(ascending, 'must ascend'))),
  returns: v.exactOptional(
    v.nullable(v.strictObject({ bars: whole(1, most), how: v.picklist(['exact', 'varied']) }))
  )
})

const schema = v.strictObject({
  bars: v.pipe(
    v.array(barSchema),
    v.check(
      bars => bars.every(({ returns }, index) => !returns || returns.bars <= index),
      'must come back from bars of the plan'
    )
  )
})

/**
 * Checks a plan that was read from JSON. A plan is plain data, so `JSON.stringify` writes one. The length of a bar, `steps`, may be
 * left out where the metre says it.
 *
 * @throws {JsonError} naming the first field that is wrong, what was expected and what came.
 */
export function planFromJson(json: unknown): Plan {
  const { bars } = checkJson(schema, json, 'planFromJson')
  return { bars: bars.map((bar): BarPlan => ({ ...bar, steps: bar.steps ?? stepsOfBar(bar) })) }
}
