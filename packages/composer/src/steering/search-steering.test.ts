import { createRandom } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { mlstm } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { modelWith } from '../../test/toy.js'
import { samplePieces } from './sample-pieces.js'
import type { SearchOptions, SearchStep } from './search-options.js'
import { searchSteering } from './search-steering.js'

vi.setConfig({ testTimeout: 60_000 })

let engine: Engine
beforeAll(async () => {
  engine = await onnxEngine()
})

/** Eight units that the output listens to. */
const model = (() => {
  const plain = modelWith({ '.': 3 })
  const { wo } = mlstm.initial(plain.config, createRandom(5))
  return { ...plain, weights: { ...plain.weights, wo: wo!.map(value => 6 * value) } }
})()

const meanPitch = ({ notes }: Score) =>
  notes.length === 0 ? 0 : notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length
const high = (pieces: readonly Score[]) => pieces.map(piece => meanPitch(piece) / 128)
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

const methods = {
  gradient: { name: 'gradient', learningRate: 0.2 },
  genetic: { name: 'genetic', population: 8, mode: 'add', range: 2 }
} as const

const optionsFor = (name: keyof typeof methods, options: Partial<SearchOptions> = {}): SearchOptions => ({
  ...{ method: methods[name], reward: high, steps: 3, count: 6, words: 32, seed: 3, engine },
  ...options
})

async function stepsOf(options: SearchOptions): Promise<SearchStep[]> {
  const steps: SearchStep[] = []
  for await (const step of searchSteering(model, options)) steps.push(step)
  return steps
}

describe.each(['gradient', 'genetic'] as const)('a search by %s', name => {
  test('finds a steering whose pieces are rewarded more', async () => {
    const steps = await stepsOf(optionsFor(name, { steps: 6, count: 64 }))
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    const { steering } = steps.at(-1)!
    const sample = { count: 64, words: 96, seed: 9, engine }
    const [before, after] = [
      await samplePieces(model, sample),
      await samplePieces(model, { ...sample, steering })
    ]
    expect(meanOf(high(after))).toBeGreaterThan(meanOf(high(before)))
  })

  test('goes on from any step as if it had never stopped', async () => {
    const whole = await stepsOf(optionsFor(name))
    const rest = await stepsOf(optionsFor(name, { resume: whole[0]!.state }))
    expect(rest).toEqual(whole.slice(1))
  })

  test('tells the mean reward of the pieces that it asked about, and how many words they have', async () => {
    const rewards: number[][] = []
    const onProgress = vi.fn()
    const steps = await stepsOf(
      optionsFor(name, {
        steps: 2,
        onProgress,
        reward(pieces) {
          rewards.push(high(pieces))
          return rewards.at(-1)!
        }
      })
    )
    expect(rewards).toHaveLength(2)
    for (const [index, { reward }] of steps.entries()) expect(reward).toBeCloseTo(meanOf(rewards[index]!), 12)
    const total = 6 * 32 * (name === 'genetic' ? 8 : 1)
    expect(onProgress).toHaveBeenLastCalledWith({ phase: 'composing', done: total, total, unit: 'words' })
  })

  test('steers the given units only', async () => {
    const [step] = await stepsOf(optionsFor(name, { steps: 1, neurons: Int32Array.of(1, 6) }))
    expect(step!.steering).toMatchObject({ mode: 'add', neurons: Int32Array.of(1, 6) })
    expect(step!.steering.offsets).toHaveLength(2)
  })

  test('a signal stops it with its reason', async () => {
    const controller = new AbortController()
    const reward = (pieces: readonly Score[]) => {
      controller.abort(new Error('enough'))
      return high(pieces)
    }
    await expect(stepsOf(optionsFor(name, { signal: controller.signal, reward }))).rejects.toThrow('enough')
  })

  test('refuses rewards that are missing or no numbers, and a damaged state at once', async () => {
    await expect(stepsOf(optionsFor(name, { reward: () => [1] }))).rejects.toThrow(
      /reward.* expected .*numbers, got 1/
    )
    await expect(stepsOf(optionsFor(name, { reward: p => p.map(() => Number.NaN) }))).rejects.toThrow(
      /reward\[0\] expected a finite number, got NaN/
    )
    expect(() => searchSteering(model, optionsFor(name, { resume: '{' }))).toThrow(/JSON/)
    expect(() => searchSteering(model, optionsFor(name, { steps: 0 }))).toThrow(
      'searchSteering: steps expected an integer ≥ 1, got 0'
    )
  })
})

test('genes can replace the state of units', async () => {
  const method = { ...methods.genetic, mode: 'set' } as const
  const [step] = await stepsOf(optionsFor('genetic', { method, steps: 1 }))
  expect(step!.steering.mode).toBe('set')
})
