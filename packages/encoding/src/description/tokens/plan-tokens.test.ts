import { createHash } from 'node:crypto'
import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridScores } from '../../../test/arbitrary-score.js'
import { bar } from '../../../test/plans.js'
import { GrammarError, LimitError, UnknownIdError } from '../../errors.js'
import {
  describe,
  planOfTokens,
  planTokenGrammar,
  planTokenKinds,
  planTokens,
  planVocabulary
} from '../index.js'

const wordsOf = (ids: Uint16Array) => [...ids].map(id => planVocabulary.words[id]).join(' ')
const idsOf = (text: string) => text.split(' ').map(word => planVocabulary.idOf(word))

test('the vocabulary holds 888 tokens, and its hash is theirs', () => {
  const { words, size, hash } = planVocabulary
  expect([size, new Set(words).size]).toEqual([888, 888])
  expect(hash).toBe(`sha256:${createHash('sha256').update(words.join(' ')).digest('hex')}`)
  for (const [id, word] of words.entries()) expect(planVocabulary.idOf(word)).toBe(id)
  expect(() => planVocabulary.idOf('Bar_0')).toThrow('expected one of vgm-plan, got "Bar_0"')
})

test('a plan as tokens', () => {
  const plan = {
    bars: [
      bar({
        ...{ notes: 12, velocity: 83, pitch: 61.9, duration: 0.75, chords: ['C', null], programs: [0, 32] },
        returns: null
      }),
      { ...bar({ numerator: 3, notes: 0 }), steps: 13 },
      bar({ numerator: 2, denominator: 1 })
    ]
  }
  expect(wordsOf(planTokens(plan))).toBe(
    'Bar_1 TimeSignature_4/4 NoteDensity_8 MeanVelocity_21 MeanPitch_15 MeanDuration_14 Instrument_0 Instrument_32 Chord_C Chord_N ' +
      'Bar_2 TimeSignature_13/16 NoteDensity_0 Bar_3 TimeSignature_8/4 End'
  )
  expect(planOfTokens(planTokens(plan)).bars.slice(0, 2)).toEqual([
    bar({
      ...{ notes: 12, velocity: 84, pitch: 60, duration: 2 ** (98 / 32) / 12 },
      ...{ chords: ['C', null], programs: [0, 32] }
    }),
    bar({ numerator: 13, denominator: 16, notes: 0 })
  ])
})

test('what plans say lies within the bins', () => {
  const of = (fields: object) => wordsOf(planTokens({ bars: [bar(fields)] })).split(' ')[2]
  expect(of({ notes: 400 })).toBe('NoteDensity_32')
  expect(of({ velocity: 127 })).toBe('MeanVelocity_32')
  expect(of({ pitch: 2 })).toBe('MeanPitch_0')
  expect(of({ duration: 0.01 })).toBe('MeanDuration_0')
  expect(of({ duration: 32 })).toBe('MeanDuration_32')
})

/** Plans in tokens, drawn through the grammar's masks, of bars of 3 quarters and more. */
const walks = fc.array(fc.tuple(fc.nat(7), fc.nat(9999)), { maxLength: 80 }).map(draws => {
  const mask = new Uint8Array(planVocabulary.size)
  const ids: number[] = []
  let state = planTokenGrammar.initial()
  const isLong = (id: number) => {
    const [numerator, denominator] = planVocabulary.words[id]!.replace('TimeSignature_', '')
      .split('/')
      .map(Number)
    return denominator === undefined || (numerator! * 4) / denominator >= 3
  }
  const say = (kindDraw: number, draw: number, avoidsEnd = true) => {
    planTokenGrammar.allowed(state, mask)
    const allowed = [...mask.keys()].filter(
      id => mask[id] === 1 && isLong(id) && !(avoidsEnd && planVocabulary.words[id] === 'End')
    )
    const kinds = [...new Set(allowed.map(id => planVocabulary.words[id]!.split('_')[0]))]
    const kind = kinds[kindDraw % kinds.length]!
    const choices = allowed.filter(id => planVocabulary.words[id]!.split('_')[0] === kind)
    ids.push(choices[draw % choices.length]!)
    state = planTokenGrammar.next(state, ids.at(-1)!)
  }
  for (const [kindDraw, draw] of draws) say(kindDraw, draw)
  while (true) {
    planTokenGrammar.allowed(state, mask)
    const canEnd = mask.at(-1) === 1
    if (!canEnd) say(0, 0)
    else return Uint16Array.from([...ids, planVocabulary.size - 1])
  }
})

test('what the grammar allows is the tokens of a plan', () => {
  fc.assert(
    fc.property(walks, ids => {
      expect(wordsOf(planTokens(planOfTokens(ids)))).toBe(wordsOf(ids))
    })
  )
})

test('the tokens of any piece keep to the grammar', () => {
  fc.assert(
    fc.property(gridScores, score => {
      const plan = {
        bars: describe(score)
          .bars.slice(0, 20)
          .filter(({ steps }) => steps <= 48)
      }
      const ids = planTokens(plan)
      expect(planOfTokens(ids).bars.map(({ steps, chords }) => [steps, chords])).toEqual(
        plan.bars.map(({ steps, chords }) => [steps, chords])
      )
    })
  )
})

test('tokens out of place are refused, with their place', () => {
  const wrong: [string, position: number][] = [
    ['Bar_2', 0],
    ['Bar_1 NoteDensity_0', 1],
    ['Bar_1 TimeSignature_4/4 MeanPitch_3 NoteDensity_3', 3],
    ['Bar_1 TimeSignature_4/4 Instrument_3 Instrument_3', 3],
    ['Bar_1 TimeSignature_4/4 Chord_C End', 3],
    ['Bar_1 TimeSignature_4/4 Chord_C Chord_N Chord_C', 4],
    ['Bar_1 TimeSignature_4/4 Bar_3', 2],
    ['End End', 1],
    ['Bar_1 TimeSignature_4/4', 2]
  ]
  for (const [text, position] of wrong) {
    const problem = () => planOfTokens(idsOf(text))
    expect(problem, text).toThrow(GrammarError)
    expect(problem, text).toThrow(expect.objectContaining({ position }))
  }
  expect(() => planOfTokens([888])).toThrow(UnknownIdError)
  expect(planOfTokens(idsOf('End'))).toEqual({ bars: [] })
})

test('plans that tokens cannot say are refused', () => {
  expect(() => planTokens({ bars: Array(513).fill(bar()) })).toThrow(LimitError)
  expect(() => planTokens({ bars: [bar(), bar({ numerator: 13 })] })).toThrow(InvalidOptionError)
})

test('the kinds of tokens and the numbers of each', () => {
  expect(planTokenKinds.map(({ name, values }) => `${name} ${values.length}`)).toEqual([
    'Bar 512',
    'TimeSignature 90',
    'NoteDensity 33',
    'MeanVelocity 33',
    'MeanPitch 33',
    'MeanDuration 33',
    'Instrument 128',
    'Chord 25'
  ])
})
