import { encode, type Note } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { expect, test } from 'vitest'
import { probeOf } from '../test/probes.js'
import { assess, rangesOf } from './assess-pieces.js'
import { CommandError } from './errors.js'
import type { Judge } from './judge.js'

/** So many bars of quarters on one pitch. */
function piece(pitch: number, bars: number): Uint16Array {
  const notes = Array.from({ length: bars * 4 }, (_, k): Note => {
    return { pitch, velocity: 76, startTick: k * 480, durationTicks: 480, channel: 0, program: 0 }
  })
  const tempos = [{ tick: 0, tempoBpm: 120 }]
  return encode({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })
}

/** Positive above pitch 60, the more the higher. */
const weights = featureNames.map(name => (name === 'mean-pitch' ? 1 : 0))
const judge: Judge = {
  name: 'high',
  kind: 'descriptors',
  file: { probe: probeOf(weights, -60) },
  probabilities: () => expect.unreachable('descriptors are computed once')
}

const { signal } = new AbortController()
const aim = { judge, signal }

test('a piece costs its squared distance from the target, and what it leaves ranges by', async () => {
  const range = { descriptor: 'mean-pitch', low: 50, high: 60 }
  const pieces = [piece(60, 4), piece(65, 4), piece(45, 9)]
  const assessed = await assess(pieces, { ...aim, target: 1, ranges: [range], penalty: 0.5 })
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
  const ranges = await rangesOf([piece(60, 4)], signal)
  for (const target of [0, 1]) {
    const [alone] = await assess([encodeSilence()], { ...aim, target, ranges, penalty: 1 })
    expect(alone).toEqual({ probability: 1 - target, excess: ranges.length, cost: 1 + ranges.length })
    const [silent, far] = await assess([encodeSilence(), piece(90, 4)], {
      ...aim,
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
  const ranges = await rangesOf(pieces, signal)
  expect(ranges.find(({ descriptor }) => descriptor === 'mean-pitch')).toMatchObject({ low: 51, high: 59 })
  expect(ranges.find(({ descriptor }) => descriptor === 'mean-tempo')).toMatchObject({ low: 120, high: 120 })
})

test('music without a note has no ranges', async () => {
  await expect(rangesOf([encodeSilence()], signal)).rejects.toThrow(CommandError)
  await expect(rangesOf([], signal)).rejects.toThrow('the music whose ranges are to be kept has no notes')
})

/** A piece of nothing but steps. */
function encodeSilence(): Uint16Array {
  const rest = piece(60, 1).at(-2)!
  return new Uint16Array(64).fill(rest)
}
