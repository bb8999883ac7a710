import { add, matMul, mul, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { InvalidOptionError } from '@vgm/base'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { untoldModel } from '../../test/models.js'
import type { SequenceArchitecture } from '../architecture.js'
import { nodeEngine } from '../engines/backends.js'
import { compileNamed } from '../engines/named-program.js'
import type { Engine } from '../engines/types.js'
import { type OpenedModel, openModel } from '../open.js'
import { hotRows } from '../tensors/cross-entropy.js'
import { type BlockOptions, blockFunction } from './block.js'
import { type GenerateOptions, generate } from './generate.js'
import type { SideInputs } from './inputs.js'

interface Config {
  readonly vocabularySize: number
}

const config: Config = { vocabularySize: 4 }

/** Predicts by what it is told alone, the more decidedly the more words it has read. */
const architecture: SequenceArchitecture<Config> = {
  format: 'moods',
  config: v.object({ vocabularySize: v.number() }),
  parameters: () => ({ table: [3, 4] }),
  initial: () => ({ table }),
  carried: () => ({}),
  state: () => ({ read: [1] }),
  dropouts: [],
  inputs: () => ({ mood: { shape: [], dtype: 'int32' } }),
  readout: 'read',
  window: () => {
    throw new Error('nothing to learn')
  },
  step(weights, { mood }, { read }) {
    const next = add(read!, 1)
    return {
      logits: () => {
        const row = matMul(hotRows(mood as Tensor1D, 3), weights.table as Tensor2D)
        return mul(row, next) as Tensor2D
      },
      state: { read: next }
    }
  }
}

/** A row of logits for each mood; word 0 ends a piece. */
const table = Float32Array.of(
  ...[-9, 0.3, 0.1, 0], // nothing said
  ...[-9, 0.4, 0.375, 0.7 / 3], // mood 1: word 1, but word 2 is likelier than it was
  ...[-9, 0, 0, 1]
)
const mood = (value: number): SideInputs => ({
  initial: () => 0,
  next: () => 0,
  values: () => ({ mood: value })
})

const model = {
  architecture,
  config,
  weights: { table },
  vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
  provenance: {},
  metrics: {},
  license: 'CC0-1.0'
}

describe('guidance', () => {
  let engine: Engine
  let opened: OpenedModel<Config>
  beforeAll(async () => {
    engine = await nodeEngine('cpu')
    opened = await openModel(model, { engine })
  })
  const compose = async (options: Partial<GenerateOptions<unknown>>) => {
    const plan = { seed: 5, endOfPiece: 0, words: 12, inputs: () => mood(1), ...options }
    return (await generate(opened, plan)).map(ids => [...ids])
  }

  /** The logits of one word in two rows, told moods 1 and 2, and guided away from mood 0. */
  const logitsOf = async (guidance: number | undefined) => {
    const options: BlockOptions = { batch: 2, steps: 1, sampling: {}, held: {}, guidance }
    const program = await compileNamed(engine, blockFunction(architecture, config, { table }, options))
    const rows = guidance === undefined ? 2 : 4
    const { logits } = await program.run({
      'state.read': new Float32Array(rows).fill(2),
      ids: Int32Array.of(1, 2),
      draws: Float32Array.of(0.5, 0.5),
      'input.mood': Int32Array.of(1, 2, 0, 0).subarray(0, rows)
    })
    const values = await logits!.read()
    program.dispose()
    return Array.from(values)
  }

  test('of weight 0 changes nothing, bit for bit', async () => {
    expect(await logitsOf(0)).toEqual(await logitsOf(undefined))
    const guidance = { weight: 0, inputs: () => mood(0) }
    expect(await compose({ count: 3, guidance })).toEqual(await compose({ count: 3 }))
  })

  test('moves logits by so many times what the two predictions differ', async () => {
    const read = 3 // words
    const row = (told: readonly number[]) => told.map(value => value * read)
    const expected = [
      ...row([-9, 0.4 + 2 * 0.1, 0.375 + 2 * 0.275, (0.7 / 3) * 3]), // away from [−9, 0.3, 0.1, 0]
      ...row([-9, -0.6, -0.2, 3])
    ]
    for (const [k, logit] of (await logitsOf(2)).entries()) expect(logit).toBeCloseTo(expected[k]!, 5)
  })

  test('makes a word the likeliest that what is told makes likelier', async () => {
    const likeliest = (weight: number) =>
      compose({ temperature: 0, words: 3, prime: [3], guidance: { weight, inputs: () => mood(0) } })
    expect(await likeliest(0)).toEqual([[1, 1, 1]])
    expect(await likeliest(1)).toEqual([[2, 2, 2]])
  })

  test('goes by the piece: each is guided away from what is said of its index', async () => {
    const guidance = { weight: 3, inputs: (index: number) => mood(index % 2 === 0 ? 0 : 2) }
    const [even, odd] = await compose({ temperature: 0, words: 2, count: 2, guidance })
    expect(even).toEqual([2, 2]) // 0.4 + 3 · 0.1 < 0.375 + 3 · 0.275
    expect(odd).toEqual([1, 1]) // 4 · 0.4 > 4 · 0.375
    expect(await compose({ temperature: 0, words: 2, first: 1, guidance })).toEqual([odd])
  })

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('of weight %f is refused', async weight => {
    const guidance = { weight, inputs: () => mood(0) }
    await expect(compose({ guidance })).rejects.toThrow(/^generate: guidance\.weight expected .*, got /)
  })

  test('that lacks an input is refused, naming it', async () => {
    const silent: SideInputs = { initial: () => 0, next: () => 0, values: () => ({}) }
    const guided = compose({ guidance: { weight: 1, inputs: () => silent } })
    await expect(guided).rejects.toThrow(InvalidOptionError)
    await expect(guided).rejects.toThrow('inputs.mood expected 1 numbers, got undefined')
  })

  test('takes held inputs with one row for all pieces, and refuses those with one for each', async () => {
    const rows = (count: number) => ({
      bias: { spec: { shape: [count, 1], dtype: 'float32' as const }, values: new Float32Array(count) }
    })
    const guidance = { weight: 1, inputs: () => mood(0) }
    await expect(compose({ count: 2, guidance, held: rows(2) })).rejects.toThrow('held.bias expected 1')
    expect(await compose({ count: 2, guidance, held: rows(1) })).toEqual(
      await compose({ count: 2, guidance })
    )
  })

  test('changes nothing where the model is told nothing, also on an engine that compiles', async () => {
    using untold = await openModel(untoldModel(), { engine: { ...engine, compiles: true } })
    const plan = { seed: 5, endOfPiece: 0, words: 20 }
    const guidance = { weight: 1, inputs: () => mood(0) }
    expect(await generate(untold, { ...plan, guidance })).toEqual(await generate(untold, plan))
  })
})
