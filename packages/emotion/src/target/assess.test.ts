import type { Score } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { expect, test } from 'vitest'
import { scoreOf } from '../../test/music.js'
import { probeOf } from '../../test/probe-of.js'
import type { Judge } from '../judge.js'
import { assess } from './assess.js'
import { rangesOf } from './ranges.js'

/** So many bars of quarters on one pitch. */
function piece(pitch: number, bars: number): Score {
  return scoreOf(
    Array.from({ length: bars * 4 }, (_, k) => ({ pitch, startTick: k * 480, durationTicks: 480 }))
  )
}

const silence = scoreOf([])

/** Positive above pitch 60, the more the higher. */
const weights = featureNames.map(name => (name === 'mean-pitch' ? 1 : 0))
const judge: Judge = {
  kind: 'descriptors',
  probe: probeOf(weights, -60),
  probabilities: () => expect.unreachable('descriptors are computed once')
}

test('a piece costs its squared distance from the target, and what it leaves ranges by', async () => {
  const range = { descriptor: 'mean-pitch', low: 50, high: 60 }
  const pieces = [piece(60, 4), piece(65, 4), piece(45, 9)]
  const assessed = await assess(pieces, { judge, target: 1, ranges: [range], penalty: 0.5 })
  const high = 1 / (1 + Math.exp(-5))
  const low = 1 / (1 + Math.exp(15))
  const expected = [
    [0.5, 0, 0.25],
    [high, 0.5, (1 - high) ** 2 + 0.25],
    [low, 0.5, (1 - low) ** 2 + 0.25]
  ]
  for (const [k, { probability, excess, cost }] of assessed.entries()) {
    for (const [index, value] of [probability, excess, cost].entries()) {
      expect(value, `${k}, ${index}`).toBeCloseTo(expected[k]![index]!, 10)
    }
  }
})

test('silence is as far from every target as can be, and never better than a piece with notes', async () => {
  const ranges = await rangesOf([piece(60, 4)])
  for (const target of [0, 1]) {
    const [alone] = await assess([silence], { judge, target, ranges, penalty: 1 })
    expect(alone).toEqual({ probability: 1 - target, excess: ranges.length, cost: 1 + ranges.length })
    const [silent, far] = await assess([silence, piece(90, 4)], {
      judge,
      target,
      ranges,
      penalty: 1
    })
    expect(far!.excess).toBeGreaterThan(ranges.length)
    expect(silent!.cost).toBeGreaterThanOrEqual(far!.cost)
  }
})

test('ranges go from the 10 % to the 90 % quantile of the phrases of all pieces', async () => {
  const pieces = Array.from({ length: 11 }, (_, k) => piece(50 + k, 4))
  const ranges = await rangesOf(pieces)
  expect(ranges.find(({ descriptor }) => descriptor === 'mean-pitch')).toMatchObject({ low: 51, high: 59 })
  expect(ranges.find(({ descriptor }) => descriptor === 'mean-tempo')).toMatchObject({ low: 120, high: 120 })
})

test('music without a note has no ranges', async () => {
  await expect(rangesOf([silence])).rejects.toMatchObject({ code: 'SILENT_MUSIC' })
  await expect(rangesOf([])).rejects.toThrow('the music to be measured has no notes')
})

test('a judge of another kind is asked for itself, about phrases of four bars and what is left over', async () => {
  const asked: number[] = []
  const states: Judge = {
    kind: 'states',
    probe: probeOf([1]),
    async probabilities(scores) {
      asked.push(...scores.map(({ notes }) => notes.length))
      return Float64Array.from(scores, (_, k) => k / 4)
    }
  }
  const pieces = [piece(60, 10), silence, piece(60, 1)]
  const assessed = await assess(pieces, { judge: states, target: 1, ranges: [], penalty: 0 })
  expect(asked).toEqual([16, 16, 8, 4])
  expect(assessed.map(({ probability }) => probability)).toEqual([0.25, 0, 0.75])
  expect(assessed.map(({ cost }) => cost)).toEqual([0.5625, 1, 0.0625])
})
