import type { Progress } from '@vgm/base'
import { encode, vocabulary } from '@vgm/encoding'
import { describe as describeMusic, featureNames, featuresVersion } from '@vgm/features'
import { JsonError, probeToJson } from '@vgm/probe'
import { expect, test, vi } from 'vitest'
import { scale } from '../test/music.js'
import { probeOf } from '../test/probe-of.js'
import { toyStates, toyUnits } from '../test/toy-states.js'
import { MissingStatesError, ProbeMismatchError } from './errors.js'
import type { FeatureKind } from './features/feature-kind.js'
import { openJudge } from './judge.js'

const scores = [0, 1, 2].map(index => scale(index))
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const descriptors = { featureKind: 'descriptors', featuresVersion }

/** What the toy model's final states of the scores are, in float32. */
const finals = scores.map(score => {
  const ids = encode(score)
  return [ids.length, ids.at(-2)!, vocabulary.idOf('\n')].map(value => Math.fround(0.01 * value))
})

test('a probe of descriptors, as text or read, judges without a model', async () => {
  const probe = probeOf(
    featureNames.map(name => (name === 'mean-pitch' ? 0.5 : 0)),
    -30
  )
  const expected = scores.map(score => {
    const pitch = describeMusic(score.notes, score).values[featureNames.indexOf('mean-pitch')]!
    return expect.closeTo(sigmoid(pitch / 2 - 30), 12)
  })
  const states = vi.fn()
  for (const given of [probeToJson(probe, descriptors), { probe, ...descriptors }]) {
    const judge = await openJudge({ probe: given, states })
    expect(judge).toMatchObject({ kind: 'descriptors', probe: { intercept: -30 } })
    expect([...(await judge.probabilities(scores))]).toEqual(expected)
  }
  expect(states).not.toHaveBeenCalled()
})

const weights = [0.5, 0.25, -1]
const marginOf = (state: readonly number[]) =>
  state.reduce((sum, value, unit) => sum + value * weights[unit]!, 0.1)

test.each<[FeatureKind, (state: number[]) => number[], string]>([
  ['states', state => state, 'final'],
  ['tanh', state => state.map(Math.tanh), 'final'],
  ['mean', state => state.map(value => value / 2), 'mean']
])('a probe of %s sees the words after an end of piece, without their own', async (kind, of, which) => {
  const states = toyStates()
  const judge = await openJudge({ probe: { probe: probeOf(weights, 0.1), featureKind: kind }, states })
  const judged = await judge.probabilities(scores)
  for (const [row, state] of finals.entries()) {
    expect(judged[row]).toBeCloseTo(sigmoid(marginOf(of(state))), 6)
  }
  expect(states.calls).toEqual([which])
})

test('a probe of both sees descriptors behind the states', async () => {
  const columns = [...weights, ...featureNames.map(name => (name === 'mean-pitch' ? 0.1 : 0))]
  const file = { probe: probeOf(columns, 0.1), featureKind: 'both', featuresVersion }
  const judge = await openJudge({ probe: file, states: async () => toyStates() })
  const judged = await judge.probabilities(scores)
  for (const [row, score] of scores.entries()) {
    const pitch = describeMusic(score.notes, score).values[featureNames.indexOf('mean-pitch')]!
    expect(judged[row]).toBeCloseTo(sigmoid(marginOf(finals[row]!) + 0.1 * pitch), 6)
  }
})

test('stops with the reason of the signal, and reports how far it is', async () => {
  const judge = await openJudge({ probe: { probe: probeOf(featureNames.map(() => 0)), ...descriptors } })
  const many = Array(100).fill(scores[0]!)
  const reports: number[] = []
  const onProgress = ({ phase, done, total, unit }: Progress) => {
    expect({ phase, total, unit }).toEqual({ phase: 'describing', total: 100, unit: 'phrases' })
    reports.push(done)
  }
  expect([...(await judge.probabilities(many, { onProgress }))]).toEqual(Array(100).fill(0.5))
  expect(reports.length).toBeGreaterThanOrEqual(4)
  expect(reports.at(-1)).toBe(100)

  const controller = new AbortController()
  const reason = new Error('enough')
  const stopped = vi.fn(() => controller.abort(reason))
  const judging = judge.probabilities(many, { signal: controller.signal, onProgress: stopped })
  await expect(judging).rejects.toBe(reason)
  expect(stopped).toHaveBeenCalledTimes(1)
  await expect(judge.probabilities(many, { signal: controller.signal })).rejects.toBe(reason)
})

const other = featuresVersion + 1
test.each([
  [
    'another version of the descriptors',
    { probe: probeOf(featureNames.map(() => 1)), ...descriptors, featuresVersion: other },
    'version',
    `is of version ${other} of the descriptors, expected ${featuresVersion}`
  ],
  [
    'the first version, which files do not name',
    { probe: probeOf(Array(toyUnits + featureNames.length).fill(1)), featureKind: 'both' },
    'version',
    `is of version 1 of the descriptors, expected ${featuresVersion}`
  ],
  [
    'features of no kind',
    { probe: probeOf([1]) },
    'kind',
    'features.kind expected one of states, tanh, mean, descriptors, both, got nothing'
  ],
  [
    'features of another kind',
    { probe: probeOf([1]), featureKind: 'colours' },
    'kind',
    'features.kind expected one of states, tanh, mean, descriptors, both, got "colours"'
  ],
  [
    'another model',
    { probe: probeOf(weights), featureKind: 'states', model: 'other' },
    'model',
    'is a probe of another model: expected toy, got other'
  ],
  [
    'a model of another size',
    { probe: probeOf([1, 2]), featureKind: 'states' },
    'columns',
    'expected 3 columns of kind states, got 2'
  ],
  [
    'other descriptors',
    {
      probe: probeOf(featureNames.map(() => 1)),
      ...descriptors,
      featureNames: featureNames.map((_, k) => `x${k}`)
    },
    'descriptors',
    'is of other descriptors: expected "major-key-strength", got "x0"'
  ]
])('refuses a probe of %s', async (_, probe, mismatch, problem) => {
  const opening = openJudge({ probe, states: toyStates() })
  await expect(opening).rejects.toBeInstanceOf(ProbeMismatchError)
  await expect(opening).rejects.toMatchObject({
    code: 'PROBE_MISMATCH',
    caller: 'openJudge',
    mismatch,
    problem
  })
})

test('refuses text that is no probe, and a probe of states without a model', async () => {
  await expect(openJudge({ probe: 'nonsense' })).rejects.toBeInstanceOf(JsonError)
  const opening = openJudge({ probe: { probe: probeOf(weights), featureKind: 'states' } })
  await expect(opening).rejects.toBeInstanceOf(MissingStatesError)
  await expect(opening).rejects.toMatchObject({ code: 'MISSING_STATES', kind: 'states' })
})
