import { UnknownWordError } from '../../errors.js'
import type { Vocabulary } from '../../tokenizer.js'
import { chordNames } from '../chords.js'

const range = (count: number, first = 0) => Array.from({ length: count }, (_, index) => first + index)

/** The most bars of a plan that tokens say. */
export const mostBars = 512
/** The longest bar that tokens say, in time steps: 12 quarter notes. */
export const mostSteps = 48
/** Bins of density and means: a bin stands for the value of its number. */
const bins = range(33)

const metres = [2, 4, 8, 16].flatMap(denominator =>
  range((mostSteps * denominator) / 16, 1).map(numerator => `${numerator}/${denominator}`)
)

/** What one kind of token is, and how often it comes in a bar. */
export interface PlanTokenKind {
  readonly name: string
  /** `one`; `optional`: one or none; `ascending`: any number by ascending id; `pair`: two or none. */
  readonly times: 'one' | 'optional' | 'ascending' | 'pair'
  /** What follows `name_` in its tokens, in the order of their ids. */
  readonly values: readonly string[]
}

/**
 * The kinds of tokens that describe a bar, in the order in which they come; bars follow one another by ascending number, and `End`
 * ends the plan.
 *
 * @source Rütte et al. 2022 (FIGARO), §3.1
 */
export const planTokenKinds: readonly PlanTokenKind[] = Object.freeze([
  { name: 'Bar', times: 'one', values: range(mostBars, 1).map(String) },
  { name: 'TimeSignature', times: 'one', values: metres },
  { name: 'NoteDensity', times: 'optional', values: bins.map(String) },
  { name: 'MeanVelocity', times: 'optional', values: bins.map(String) },
  { name: 'MeanPitch', times: 'optional', values: bins.map(String) },
  { name: 'MeanDuration', times: 'optional', values: bins.map(String) },
  { name: 'Instrument', times: 'ascending', values: range(128).map(String) },
  { name: 'Chord', times: 'pair', values: [...chordNames, 'N'] }
])

/** The id of the first token of each kind, and of `End`. */
export const firstIds: readonly number[] = planTokenKinds.reduce(
  (ids, { values }) => ids.concat(ids.at(-1)! + values.length),
  [0]
)
/** The id of `End`. */
export const endId = firstIds.at(-1)!

const words = Object.freeze([
  ...planTokenKinds.flatMap(({ name, values }) => values.map(value => `${name}_${value}`)),
  'End'
])
const ids: ReadonlyMap<string, number> = new Map(words.map((word, id) => [word, id]))

/** The values of the bins of notes per quarter note, velocity, pitch, and length in quarter notes. */
export const binValues = {
  NoteDensity: bins.map(bin => (12 * bin) / 32),
  MeanVelocity: bins.map(bin => 4 * bin),
  MeanPitch: bins.map(bin => 4 * bin),
  MeanDuration: bins.map(bin => 2 ** ((7 * bin) / 32) / 12)
} as const

/**
 * The tokens of {@link planTokens}: `Bar_1`…`Bar_512`, `TimeSignature_4/4` and others up to 12 quarter notes, 33 bins each of
 * `NoteDensity`, `MeanVelocity`, `MeanPitch` and `MeanDuration`, `Instrument_0`…`Instrument_127`, `Chord_C`…`Chord_Bm` and
 * `Chord_N` for none, `End`.
 */
export const planVocabulary: Vocabulary = Object.freeze({
  name: 'vgm-plan',
  size: words.length,
  words,
  hash: 'sha256:52ca57682f02608539bbd4cd9c9ef4aa1b8867fca7cca42728d0f404122de0ed',
  idOf(word: string): number {
    const id = ids.get(word)
    if (id === undefined) throw new UnknownWordError('idOf', word, 'vgm-plan')
    return id
  }
})
