import type { LearnSteeringState } from '@vgm/mlstm'
import * as v from 'valibot'
import { parseJson } from '../../../cli/src/parse-json.js'

const numbers = v.array(v.pipe(v.number(), v.finite()))

const schema = v.object({
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  offsets: numbers,
  first: numbers,
  second: numbers,
  random: v.array(v.pipe(v.number(), v.integer()))
})

/**
 * Reads where a search by gradient stands.
 *
 * @throws {Error} naming what is damaged.
 */
export function parseGradientState(text: string): LearnSteeringState {
  return parseJson(schema, text)
}
