import { mlstm, type ParameterName } from '@vgm/mlstm'
import { stepFunction } from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { toOnnx } from '@vgm/tfjs-onnx'
import * as native from 'onnxruntime-node'
import * as web from 'onnxruntime-web'
import { describe, expect, test, vi } from 'vitest'
import golden from '../../../packages/mlstm/test/golden/mlstm.json' with { type: 'json' }
import { modelProto } from '../../../packages/tfjs-onnx/src/file/onnx-schema.js'

vi.setConfig({ testTimeout: 60_000 }) // the first session of the web runtime compiles its WebAssembly
web.env.wasm.numThreads = 1

const { config, lanes: B, window: T } = golden
const { units: H, vocabularySize: V } = config
const endOfPiece = 0 // as in the script that made the numbers
const tolerance = { rtol: 1e-4, atol: 1e-6 }

function exportStep(parameters: Readonly<Record<ParameterName, readonly number[]>>): Uint8Array {
  const weights = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values)])
  )
  const origin = { vocabulary: { name: '', hash: '' }, provenance: {}, metrics: {}, license: '' }
  const { fn, specs, ...step } = stepFunction({ architecture: mlstm, config, weights, ...origin }, 'batch')
  return toOnnx(fn, specs, step)
}

/** The rows of a state, zero where a row reads the end of a piece. */
function begun(state: Float32Array, ids: readonly number[]): Float32Array {
  return state.map((value, k) => (ids[Math.floor(k / H)] === endOfPiece ? 0 : value))
}

describe.each([
  ['onnxruntime-node', native],
  ['onnxruntime-web', web]
])('the step graph in %s', (_, ort) => {
  test.each([0, 1, 2])("gives PyTorch's logits and states, word by word, in window %i", async window => {
    const before = golden.steps[window - 1] ?? golden
    const { ids, logits, h, c } = golden.steps[window]!
    const session = await ort.InferenceSession.create(exportStep(before.parameters))
    const float32 = (data: Float32Array, width: number) => new ort.Tensor('float32', data, [B, width])
    let state: Float32Array[] = [Float32Array.from(before.h), Float32Array.from(before.c)]
    for (let t = 0; t < T; t++) {
      const words = ids.slice(t * B, (t + 1) * B)
      const [hBefore, cBefore] = state.map(values => float32(begun(values, words), H))
      const id = new ort.Tensor('int32', Int32Array.from(words), [B])
      const results = await session.run({ id, h: hBefore!, c: cBefore! })
      state = [results.h_next!, results.c_next!].map(({ data }) => data as Float32Array)
      expect(results.logits!.dims).toEqual([B, V])
      const expected = logits.slice(t * B * V, (t + 1) * B * V)
      expectClose(results.logits!.data as Float32Array, expected, tolerance, `logits of word ${t}`)
    }
    expectClose(state[0]!, h, tolerance, 'h')
    expectClose(state[1]!, c, tolerance, 'c')
  })

  test('a row gives the same alone as among others', async () => {
    const session = await ort.InferenceSession.create(exportStep(golden.parameters))
    const { h, c } = golden
    const run = async (first: number, end: number) => {
      const rows = (values: readonly number[]) => {
        const data = Float32Array.from(values.slice(first * H, end * H))
        return new ort.Tensor('float32', data, [end - first, H])
      }
      const ids = Int32Array.from(golden.steps[0]!.ids.slice(first, end))
      const id = new ort.Tensor('int32', ids, [end - first])
      return (await session.run({ id, h: rows(h), c: rows(c) })).logits!.data as Float32Array
    }
    const together = await run(0, B)
    expectClose(await run(1, 2), together.slice(V, 2 * V), tolerance, 'logits of row 1')
  })
})

// The list: https://docs.unity3d.com/Packages/com.unity.ai.inference@2.4/manual/supported-operators.html
test('the step graph uses only operators that docs/export.md names, all of which Unity has', () => {
  const { graph, opsetImport } = modelProto.toObject(modelProto.decode(exportStep(golden.parameters)), {
    longs: Number
  })
  const named = ['Gather', 'MatMul', 'Gemm', 'Add', 'Mul', 'Split', 'Sigmoid', 'Tanh']
  expect(named).toEqual(expect.arrayContaining(graph.node.map(({ opType }: { opType: string }) => opType)))
  expect(opsetImport).toEqual([{ domain: '', version: 15 }])
})
