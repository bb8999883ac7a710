import { createRandom } from '@vgm/base'
import {
  evaluate,
  laneBatches,
  type Model,
  openModel,
  parametersOf,
  sizeOf,
  stepFunction,
  train,
  type Weights
} from '@vgm/nn'
import { expectClose, toldIds } from '@vgm/nn/contract'
import { onnxEngine, toOnnx } from '@vgm/tfjs-onnx'
import { type TransformerConfig, transformer } from '@vgm/transformer'
import * as native from 'onnxruntime-node'
import * as web from 'onnxruntime-web'
import { describe, expect, test, vi } from 'vitest'
import { golden, modelOf, numbersOf } from '../../../packages/transformer/test/models.js'
import { places, smallConfig } from '../../../packages/transformer/test/subject.js'

vi.setConfig({ testTimeout: 120_000 }) // the first session of the web runtime compiles its WebAssembly
web.env.wasm.numThreads = 1

const endOfPiece = 0
const { config, rows: B, window: T } = golden
const { vocabularySize: V } = config
const K = config.controls.length

function exportStep(model: Model<TransformerConfig>): Uint8Array {
  const { fn, specs, ...step } = stepFunction(model, 'batch')
  return toOnnx(fn, specs, step)
}

describe.each([
  ['onnxruntime-node', native],
  ['onnxruntime-web', web]
])('the step graph of the transformer in %s', (_, ort) => {
  test("gives PyTorch's logits word by word, for any number of rows (rtol 1e-4, atol 1e-5)", async () => {
    const session = await ort.InferenceSession.create(exportStep(modelOf(config, numbersOf('parameters'))))
    const shapes = Object.entries(transformer.state(config))
    /** Reads the golden rows from `first` on; gives their logits, `[T, rows, V]`. */
    const read = async (first: number) => {
      const rows = B - first
      const floats = (data: Float32Array, shape: readonly number[]) =>
        new ort.Tensor('float32', data, [rows, ...shape])
      const integers = (values: readonly number[], t: number, width: number, shape: readonly number[]) => {
        const data = Int32Array.from(values.slice((t * B + first) * width, (t + 1) * B * width))
        return new ort.Tensor('int32', data, [rows, ...shape])
      }
      let state = shapes.map(([, shape]) => new Float32Array(rows * sizeOf(shape)))
      const logits: number[] = []
      for (let t = 0; t < T; t++) {
        const id = integers(golden.ids, t, 1, [])
        const given = shapes.map(([name, shape], k) => {
          const width = sizeOf(shape)
          const begun = state[k]!.map((value, n) =>
            id.data[Math.floor(n / width)] === endOfPiece ? 0 : value
          )
          return [name, floats(begun, shape)] as const
        })
        const results = await session.run({
          id,
          time: integers(golden.time, t, 1, []),
          controls: integers(golden.controls, t, K, [K]),
          ...Object.fromEntries(given)
        })
        state = shapes.map(([name]) => results[`${name}_next`]!.data as Float32Array<ArrayBuffer>)
        expect(results.logits!.dims).toEqual([rows, V])
        logits.push(...(results.logits!.data as Float32Array))
      }
      return logits
    }
    const tolerance = { rtol: 1e-4, atol: 1e-5 }
    expectClose(await read(0), golden.logits, tolerance, 'logits')
    const second = Array.from({ length: T }, (_, t) => golden.logits.slice((t * B + 1) * V, (t + 1) * B * V))
    expectClose(await read(1), second.flat(), tolerance, 'logits of the second row alone')
  })
})

test('with weights in 8 bits a trained transformer predicts within a percent as well', async () => {
  const wide = { ...smallConfig, width: 32 }
  const random = createRandom(7)
  // By the toss of a coin 1 or 2, then 3 or 4 after it.
  const pieces = Array.from({ length: 12 }, () => {
    const sides = Array.from({ length: 40 }, () => 1 + random.below(2))
    return toldIds([...sides.flatMap(side => [side, side + 2]), endOfPiece], places)
  })
  const inputs = transformer.inputs(wide)
  const cut = { ...wide, batch: 4, window: 40, endOfPiece, inputs }
  const data = laneBatches({ size: 10, piece: index => pieces[index]! }, cut)
  const [engine, rounded] = await Promise.all([onnxEngine(), onnxEngine({ precision: 'int8' })])
  let weights: Weights = {}
  for await (const event of train(transformer, wide, data, {
    engine,
    epochs: 8,
    learningRate: 0.01,
    warmUpSteps: 5,
    seed: 1
  })) {
    if (event.type === 'checkpoint') weights = parametersOf(event.checkpoint.arrays)
  }
  const measured = async (on: typeof engine) => {
    using opened = await openModel(modelOf(wide, weights), { engine: on })
    return (await evaluate(opened, pieces.slice(10), { endOfPiece })).crossEntropy
  }
  const [exact, near] = [await measured(engine), await measured(rounded)]
  expect(exact).toBeLessThan(0.7 * Math.log(5)) // it has learnt something: a coin every two words is 0.35
  expect(near).not.toBe(exact)
  expect(Math.abs(near / exact - 1)).toBeLessThan(0.01)
})
