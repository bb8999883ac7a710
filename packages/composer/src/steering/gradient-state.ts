import { parseJson } from '@vgm/base'
import type { LearnSteeringState } from '@vgm/mlstm'
import * as v from 'valibot'

const numbers = v.array(v.pipe(v.number(), v.finite()))

const schema = v.object({
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  offsets: numbers,
  first: numbers,
  second: numbers,
  random: v.array(v.pipe(v.number(), v.integer()))
})

/**
 * Reads the state of a search by gradient.
 *
 * @throws {JsonError} naming what is damaged.
 */
export function parseGradientState(text: string): LearnSteeringState {
  return parseJson(schema, text)
}
