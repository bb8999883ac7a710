import { InvalidOptionError } from '@vgm/base'
import { GrammarError, LimitError } from '../../errors.js'
import { metreOf, metreOfLength } from '../bars-in-steps.js'
import { chordNames } from '../chords.js'
import { type BarPlan, type Plan, stepsOfBar } from '../plan.js'
import { planTokenGrammar } from './plan-token-grammar.js'
import {
  binValues,
  endId,
  firstIds,
  mostBars,
  mostSteps,
  planTokenKinds,
  planVocabulary
} from './plan-vocabulary.js'

type Binned = keyof typeof binValues

const metres = new Set(planTokenKinds[1]!.values)

/** The bin of the value nearest to one; of two as near the lower. */
function binOf(name: Binned, value: number): number {
  const distances = binValues[name].map(each => Math.abs(each - value))
  return distances.indexOf(Math.min(...distances))
}

const binned = (name: Binned, value: number | undefined) =>
  value === undefined ? [] : [`${name}_${binOf(name, value)}`]

/** The metre of a bar, or if it has none of the tokens, one of its length. */
function metreWithin(bar: BarPlan): string {
  const own = metreOf(bar, bar.steps)
  const { numerator, denominator } = metres.has(`${own.numerator}/${own.denominator}`)
    ? own
    : metreOfLength(bar.steps)
  return `${numerator}/${denominator}`
}

/**
 * A plan as ids of {@link planVocabulary}, the last of them `End`: its bars with their metres, density (notes per quarter note), mean
 * velocity, pitch and length by the nearest of 33 values, programs and chords. Which bars come back is not said.
 *
 * @returns Ids, shape `[T]`.
 * @throws {LimitError} if there are more than 512 bars.
 * @throws {InvalidOptionError} if a bar is longer than 12 quarter notes.
 * @source Rütte et al. 2022 (FIGARO), §3.1
 */
export function planTokens({ bars }: Plan): Uint16Array {
  if (bars.length > mostBars) throw new LimitError('planTokens', 'maxBars', mostBars, bars.length)
  const words = bars.flatMap((bar, index) => {
    const { steps, notes, velocity, pitch, duration, programs = [], chords = [] } = bar
    if (steps > mostSteps) {
      throw new InvalidOptionError('planTokens', `plan.bars[${index}].steps`, `at most ${mostSteps}`, steps)
    }
    return [
      `Bar_${index + 1}`,
      `TimeSignature_${metreWithin(bar)}`,
      ...binned('NoteDensity', notes === undefined ? undefined : (4 * notes) / steps),
      ...binned('MeanVelocity', velocity),
      ...binned('MeanPitch', pitch),
      ...binned('MeanDuration', duration),
      ...programs.map(program => `Instrument_${program}`),
      ...chords.map(chord => `Chord_${chord ?? 'N'}`)
    ]
  })
  return Uint16Array.from([...words, 'End'], word => planVocabulary.idOf(word))
}

/**
 * The plan that tokens say: the inverse of {@link planTokens}, but for what the bins round away (of bars shorter than 3 quarter notes
 * also the density), and for which bars come back.
 *
 * @param ids Of {@link planVocabulary}, shape `[T]`.
 * @throws {GrammarError} if a token is not allowed where it stands, or the end is missing.
 * @throws {UnknownIdError} if a number is no id.
 */
export function planOfTokens(ids: ArrayLike<number>): Plan {
  let state = planTokenGrammar.initial()
  const bars: Map<string, string[]>[] = []
  for (const id of Array.from(ids)) {
    state = planTokenGrammar.next(state, id)
    const { name, values } = planTokenKinds[state.kind] ?? { name: 'End', values: [] }
    if (name === 'Bar') bars.push(new Map())
    const said = bars.at(-1)
    said?.set(name, [...(said.get(name) ?? []), values[id - firstIds[state.kind]!] ?? ''])
  }
  if (state.last !== endId) throw new GrammarError('planOfTokens', state.length, 'expected End')
  return { bars: bars.map(barOf) }
}

function barOf(said: ReadonlyMap<string, readonly string[]>): BarPlan {
  const valueSaid = (name: Binned) => {
    const bin = said.get(name)?.[0]
    return bin === undefined ? undefined : binValues[name][Number(bin)]!
  }
  const [numerator, denominator] = said.get('TimeSignature')![0]!.split('/').map(Number) as [number, number]
  const steps = stepsOfBar({ numerator, denominator })
  const density = valueSaid('NoteDensity')
  const velocity = valueSaid('MeanVelocity')
  const pitch = valueSaid('MeanPitch')
  const duration = valueSaid('MeanDuration')
  const programs = said.get('Instrument')?.map(Number)
  const chords = said.get('Chord')?.map(name => (chordNames.includes(name) ? name : null))
  return {
    ...{ numerator, denominator, steps },
    ...(density !== undefined && { notes: Math.round((density * steps) / 4) }),
    ...(velocity !== undefined && { velocity: Math.min(velocity, 127) }),
    ...(pitch !== undefined && { pitch: Math.min(pitch, 127) }),
    ...(duration !== undefined && { duration }),
    ...(programs && { programs }),
    ...(chords && { chords: [chords[0]!, chords[1]!] })
  }
}
