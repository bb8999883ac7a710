import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridScores } from '../../test/arbitrary-score.js'
import { bar } from '../../test/plans.js'
import { score } from '../../test/scores.js'
import { type Score, transpose } from '../index.js'
import { describe, transposePlan } from './index.js'

test('chords and mean pitch move; all else stays', () => {
  const said = bar({
    ...{ notes: 8, velocity: 64, pitch: 60.5, chords: ['Am', null] },
    returns: { bars: 1, how: 'exact' }
  })
  expect(transposePlan({ bars: [said] }, 3).bars).toEqual([{ ...said, pitch: 63.5, chords: ['Cm', null] }])
  expect(transposePlan({ bars: [said] }, -13).bars[0]!.chords).toEqual(['Abm', null])
})

test('a mean pitch stays one of MIDI', () => {
  const { bars } = transposePlan({ bars: [bar({ pitch: 120 }), bar({ pitch: 5 })] }, 12)
  expect(bars.map(({ pitch }) => pitch)).toEqual([127, 17])
  expect(transposePlan({ bars }, -20).bars[1]!.pitch).toBe(0)
})

test('what is not said stays so', () => {
  expect(transposePlan({ bars: [bar()] }, 5)).toEqual({ bars: [bar()] })
})

test('semitones that are no integer are refused', () => {
  expect(() => transposePlan({ bars: [] }, 0.5)).toThrow(InvalidOptionError)
})

/** Chords of a half bar each, in one of three inversions. */
const progressions: fc.Arbitrary<Score> = fc
  .array(fc.record({ root: fc.integer({ min: 48, max: 59 }), isMinor: fc.boolean(), inversion: fc.nat(2) }), {
    minLength: 1,
    maxLength: 16
  })
  .map(chords =>
    score(
      chords.flatMap(({ root, isMinor, inversion }, index) =>
        [0, isMinor ? 3 : 4, 7].map((tone, at) => ({
          pitch: root + tone + (at < inversion ? 12 : 0),
          startTick: index * 960,
          durationTicks: 960
        }))
      )
    )
  )

const semitones = fc.integer({ min: -6, max: 6 })

test('the plan of a transposed piece is the transposed plan', () => {
  fc.assert(
    fc.property(progressions, semitones, (piece, by) => {
      const moved = describe(transpose(piece, by)).bars
      const expected = transposePlan(describe(piece), by).bars
      expect(moved.map(({ pitch, ...rest }) => rest)).toEqual(expected.map(({ pitch, ...rest }) => rest))
      for (const [index, { pitch }] of moved.entries()) expect(pitch).toBeCloseTo(expected[index]!.pitch!, 9)
    })
  )
})

test('so it is with any notes, but for chords of which two fit as well', () => {
  const inner = gridScores.map(drawn => ({
    ...drawn,
    notes: drawn.notes.map(one => ({ ...one, pitch: 24 + (one.pitch % 72) }))
  }))
  fc.assert(
    fc.property(inner, semitones, (piece, by) => {
      const moved = describe(transpose(piece, by)).bars
      const expected = transposePlan(describe(piece), by).bars
      const kept = ({ pitch, chords, ...rest }: (typeof moved)[number]) => rest
      expect(moved.map(kept)).toEqual(expected.map(kept))
      for (const [index, { pitch = 0 }] of moved.entries()) {
        expect(pitch).toBeCloseTo(expected[index]!.pitch ?? 0, 1)
      }
    })
  )
})
