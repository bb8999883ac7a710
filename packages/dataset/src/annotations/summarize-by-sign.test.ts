import { expect, test } from 'vitest'
import { summarizeBySign } from './summarize-by-sign.js'

const calm = [-0.5, -0.5, -0.5, -0.5]

test('the larger group speaks for the piece, and phrases end where an axis changes', () => {
  const summary = summarizeBySign({
    valence: [
      [0.5, 0.5, -0.25, 0.25],
      [0.25, 0.5, -0.25, 0.5],
      [-1, -1, -1, -1]
    ],
    arousal: [calm, calm, [-0.5, -0.5, -0.5, -0.2]]
  })
  expect(summary.valence).toMatchObject({ positive: [0, 1], negative: [2], dropped: [], chosen: 'positive' })
  expect(summary.valence.mean).toEqual([0.375, 0.5, -0.25, 0.375])
  expect(summary.arousal.mean[3]).toBeCloseTo(-0.4, 12)
  expect(summary.spans).toEqual([
    { fromBar: 0, toBar: 2, valence: 1, arousal: -1 },
    { fromBar: 2, toBar: 3, valence: -1, arousal: -1 },
    { fromBar: 3, toBar: 4, valence: 1, arousal: -1 }
  ])
})

test('of groups of one size that with the mean farther from 0 speaks', () => {
  const valence = [
    [0.25, 0.25],
    [-0.5, -0.5]
  ]
  expect(summarizeBySign({ valence, arousal: valence }).valence.chosen).toBe('negative')
  const mirrored = valence.map(values => values.map(value => -value))
  expect(summarizeBySign({ valence: mirrored, arousal: mirrored }).valence.chosen).toBe('positive')
})

test('annotations of another length, or that vary much, or that lean to no side, are left out', () => {
  const valence = [[0.5, 0.5], [0.9, -0.5], [0.3, -0.3], [0.5], [0.25, 0.5]]
  const { valence: axis } = summarizeBySign({ valence, arousal: [[0.5, 0.5]] })
  expect(axis).toMatchObject({ positive: [0, 4], negative: [], dropped: [1, 2, 3] })
  const tolerant = summarizeBySign({ valence, arousal: [[0.5, 0.5]] }, { maxVariance: 0.5 })
  expect(tolerant.valence).toMatchObject({ positive: [0, 1, 4], dropped: [2, 3] })
})

test('an ambiguous bar says what most bars before it say; arousal has half the threshold', () => {
  const curve = [0.4, 0.4, -0.3, -0.08, -0.04]
  const { valence, arousal } = summarizeBySign({ valence: [curve], arousal: [curve] })
  expect(valence.signs).toEqual([1, 1, -1, 1, 1])
  expect(arousal.signs).toEqual([1, 1, -1, -1, 1])
  expect(summarizeBySign({ valence: [curve], arousal: [curve] }, { threshold: 0 }).valence.signs).toEqual([
    1, 1, -1, -1, -1
  ])
})

test('an ambiguous beginning takes its own sign', () => {
  const curve = [-0.01, 0.05, -0.3]
  expect(summarizeBySign({ valence: [curve], arousal: [curve] }).valence.signs).toEqual([-1, -1, -1])
})

test('what says nothing is refused by name', () => {
  const one = [[0.5, 0.5]]
  const noise = [[1, -1]]
  expect(() => summarizeBySign({ valence: [], arousal: one })).toThrow(
    'summarizeBySign: expected at least 1 valence, got 0'
  )
  expect(() => summarizeBySign({ valence: noise, arousal: one })).toThrow(
    'summarizeBySign: expected at least 1 valence annotations that vary little enough, got 0'
  )
  expect(() => summarizeBySign({ valence: one, arousal: [[0.5]] })).toThrow(
    'summarizeBySign: arousal expected as many bars as valence, 2, got 1'
  )
  expect(() => summarizeBySign({ valence: one, arousal: one }, { threshold: -1 })).toThrow(
    'summarizeBySign: threshold expected a number ≥ 0, got -1'
  )
})
