import { createRandom } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { mlstm } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { beforeAll, expect, test, vi } from 'vitest'
import { modelWith } from '../../test/toy.js'
import { compareSteering, searchByCost } from './assessed-search.js'
import { searchSteering } from './search-steering.js'

vi.setConfig({ testTimeout: 60_000 })

let engine: Engine
beforeAll(async () => {
  engine = await onnxEngine()
})

const plain = modelWith({ '.': 3 })
const { wo } = mlstm.initial(plain.config, createRandom(5))
const model = { ...plain, weights: { ...plain.weights, wo: wo!.map(value => 20 * value) } }

const pitchOf = ({ notes }: Score) =>
  notes.length === 0 ? 0 : notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length / 128
const assess = async (pieces: readonly Score[]) =>
  pieces.map(piece => ({ pitch: pitchOf(piece), cost: 1 - pitchOf(piece) }))
const options = {
  ...{ method: { name: 'gradient', learningRate: 0.2 } as const, steps: 3, count: 6, words: 32, seed: 3 }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

test('the steps are those of the search whose reward is the negative cost, with the means of their pieces', async () => {
  const means: number[] = []
  const reward = async (pieces: readonly Score[]) => {
    const costs = (await assess(pieces)).map(({ cost }) => -cost)
    means.push(costs.reduce((a, b) => a + b, 0) / costs.length)
    return costs
  }
  const expected = await collect(searchSteering(model, { ...options, engine, reward }))
  const steps = await collect(searchByCost(model, { ...options, engine, assess }))
  expect(steps).toHaveLength(3)
  for (const [index, { measures, ...step }] of steps.entries()) {
    const { reward: _, ...same } = expected[index]!
    expect(step).toEqual(same)
    expect(measures.cost).toBeCloseTo(-means[index]!, 12)
    expect(measures.pitch).toBeCloseTo(1 + means[index]!, 12)
  }
})

test('a damaged state is refused at once', () => {
  expect(() => searchByCost(model, { ...options, engine, assess, resume: '{' })).toThrow(/JSON/)
})

test('what is steered is compared with the same pieces unsteered', async () => {
  const sample = { count: 8, words: 64, seed: 9, engine, assess }
  const neurons = Int32Array.of(0, 1, 2)
  const compared = (offset: number) =>
    compareSteering(model, { mode: 'add', neurons, offsets: new Float32Array(3).fill(offset) }, sample)
  const nothing = await compared(0)
  expect(nothing.steered).toEqual(nothing.unsteered)
  const something = await compared(1)
  expect(something.unsteered).toEqual(nothing.unsteered)
  expect(something.steered.pitch).not.toBe(something.unsteered.pitch)
  expect(something.steered.cost).toBeCloseTo(1 - something.steered.pitch, 12)
  const pitches = something.pieces.steered.map(pitchOf)
  expect(pitches.reduce((sum, pitch) => sum + pitch, 0) / 8).toBeCloseTo(something.steered.pitch, 12)
  expect(something.pieces.unsteered).toEqual(nothing.pieces.steered)
})
