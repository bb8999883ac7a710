import { memory, type Tensor } from '@tensorflow/tfjs-core'
import {
  compileNamed,
  type Engine,
  evaluate,
  floatSpecs,
  type GenerateOptions,
  generate,
  generateWithStates,
  type HostArray,
  noChance,
  openModel,
  prefixed,
  readStates,
  readValue,
  release,
  sizeOf,
  stepFunction,
  type ToldPiece,
  withPrefix
} from '@vgm/nn'
import { expectClose, toldIds } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { type TransformerConfig, transformer } from '../../src/index.js'
import { settleEvery } from '../../src/step.js'
import { windowLoss } from '../../src/window.js'
import { boldModel } from '../models.js'
import { places, smallConfig } from '../subject.js'

const endOfPiece = 0
const words = 150
const plan = { endOfPiece, seed: 3, inputs: () => places }

const told = (ids: readonly number[]) => toldIds(ids, places) as ToldPiece
/** A piece without an end, longer than two settlings. */
const piece = told(Array.from({ length: words }, (_, t) => 1 + ((t * t + (t >> 4)) % 4)))

type Model = ReturnType<typeof boldModel>

/** The summed losses of the words from `first` on, of which the earliest sees those from `from` on. */
async function lossOf(engine: Engine, { config, weights }: Model, from: number, first: number, end: number) {
  const T = end - from
  const K = config.controls.length
  const part = (values: ArrayLike<number>, width = 1) =>
    Int32Array.from(Array.from(values).slice(from * width, end * width))
  const read = [endOfPiece, ...Array.from(piece.ids).slice(0, -1)]
  const batch: Record<string, HostArray> = {
    ids: part(read),
    targets: part(piece.ids),
    time: part(piece.inputs.time!),
    controls: part(piece.inputs.controls!, K),
    weights: Float32Array.from({ length: T }, (_, t) => (from + t < first ? 0 : 1))
  }
  const row = { shape: [T, 1], dtype: 'int32' } as const
  const program = await compileNamed(engine, {
    inputs: {
      ...prefixed('parameter', floatSpecs(transformer.parameters(config))),
      ...prefixed('batch', {
        ids: row,
        targets: row,
        time: row,
        controls: { ...row, shape: [T, 1, K] },
        weights: { ...row, dtype: 'float32' }
      })
    },
    outputs: ['loss'],
    compute: inputs => ({
      loss: windowLoss(withPrefix('parameter', inputs), withPrefix('batch', inputs), {
        config,
        chance: noChance
      })
    })
  })
  const { loss } = await program.run({ ...prefixed('parameter', weights), ...prefixed('batch', batch) })
  const [mean] = await readValue(loss!)
  release([loss!])
  program.dispose()
  return mean! * (end - first)
}

/** What each word may look back at: all since the last settling, and a context before it. */
async function expectedLoss(engine: Engine, model: Model): Promise<number> {
  let total = 0
  for (let first = 0; first < words; first += settleEvery) {
    const end = Math.min(words, first + settleEvery)
    total += await lossOf(engine, model, Math.max(0, first - model.config.context), first, end)
  }
  return total / words
}

/** Reading, composing and export of pieces that are longer than what is settled at a time, and than the context. */
export function settlingContract(engine: () => Engine): void {
  const withModel = async <Result>(
    config: TransformerConfig,
    work: (opened: Awaited<ReturnType<typeof openModel<TransformerConfig>>>) => Promise<Result>
  ) => {
    const opened = await openModel(boldModel(config), { engine: engine() })
    try {
      return await work(opened)
    } finally {
      opened.dispose()
    }
  }
  const compose = (config: TransformerConfig, options: Partial<GenerateOptions<unknown>>) =>
    withModel(config, async opened =>
      (await generate(opened, { ...plan, temperature: 0, ...options })).map(ids => [...ids])
    )
  const lossRead = (config: TransformerConfig) =>
    withModel(config, async opened => (await evaluate(opened, [piece], { endOfPiece })).crossEntropy)

  describe('settling', () => {
    test('a piece within the context has the loss read word by word that it has as a window (rtol 1e-4)', async () => {
      const config = { ...smallConfig, context: 256 }
      const expected = (await lossOf(engine(), boldModel(config), 0, 0, words)) / words
      expectClose([await lossRead(config)], [expected], { rtol: 1e-4, atol: 0 }, 'loss')
    })

    test('a longer piece has the loss of windows that begin a context before each settling (rtol 1e-4)', async () => {
      const losses: number[] = []
      for (const context of [20, 64, 256]) {
        // With one layer nothing is heard at second hand of what lies beyond.
        const config = { ...smallConfig, layers: 1, context }
        const read = await lossRead(config)
        const expected = await expectedLoss(engine(), boldModel(config))
        expectClose([read], [expected], { rtol: 1e-4, atol: 0 }, `loss with a context of ${context}`)
        losses.push(read)
      }
      const [shortest, short, whole] = losses as [number, number, number]
      for (const loss of [shortest, short]) expect(Math.abs(loss / whole - 1)).toBeGreaterThan(1e-3)
    })

    test('a composed piece has the states that it has when it is read (rtol 1e-4, atol 1e-5)', async () => {
      await withModel({ ...smallConfig, context: 20 }, async opened => {
        const prime = [1, 2, 3]
        const { pieces, states } = await generateWithStates(opened, { ...plan, words, prime, count: 2 })
        const sequences = pieces.map(ids => [...prime, ...ids])
        const inputs = sequences.map(ids => told([...ids, endOfPiece]).inputs)
        const read = sequences.map(ids => [endOfPiece, ...ids])
        const expected = await readStates(opened, read, { summary: 'last', inputs })
        expectClose(states, expected, { rtol: 1e-4, atol: 1e-5 }, 'states')
      })
    })

    test.each([64, 256])(
      'goes on after a prime as after its own words, in a context of %i',
      async context => {
        const config = { ...smallConfig, context }
        const [whole] = await compose(config, { words })
        expect(new Set(whole!.slice(-40)).size).toBeGreaterThan(1)
        for (const length of [63, 64, 65, 140]) {
          const rest = await compose(config, { prime: whole!.slice(0, length), words: words - length })
          expect(rest, `after ${length} words`).toEqual([whole!.slice(length)])
        }
      }
    )

    test('is exported as a function that settles by itself', async () => {
      const config = { ...smallConfig, context: 20 }
      const [expected] = await compose(config, { words })
      const step = stepFunction(boldModel(config), 1)
      const program = await engine().compile((...tensors: Tensor[]) => step.fn(...tensors), step.specs, {
        constants: step.constants
      })
      const shapes = Object.values(transformer.state(config))
      let state: Float32Array[] = shapes.map(shape => new Float32Array(sizeOf(shape)))
      let id = endOfPiece
      let place = places.initial()
      const composed: number[] = []
      while (composed.length < words) {
        const { time, controls } = places.values(place)
        const beside = [Int32Array.of(time as number), Int32Array.from(controls as number[])]
        const handles = await program.run([Int32Array.of(id), ...beside, ...state])
        const [logits, ...next] = (await Promise.all(handles.map(handle => handle.read()))) as Float32Array[]
        release(handles)
        state = next
        // A piece of so many words does not end before.
        id = logits!.reduce((best, value, k) => (k !== endOfPiece && value > logits![best]! ? k : best), 1)
        place = places.next(place, id)
        composed.push(id)
      }
      program.dispose()
      expect(composed).toEqual(expected)
    })

    test('leaves nothing behind, guided or not', async () => {
      const silent = { ...places, values: (at: number) => ({ ...places.values(at), controls: [0, 0] }) }
      const work = () =>
        withModel(smallConfig, async opened => {
          await generate(opened, { ...plan, words: 70, prime: [1] })
          await generate(opened, { ...plan, words: 70, guidance: { weight: 1, inputs: () => silent } })
        })
      await work() // what an engine keeps for good, it has now
      const alive = () => ({ tensors: memory().numTensors, ...engine().alive?.() })
      const before = alive()
      await work()
      expect(alive()).toEqual(before)
    })
  })
}
