import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { expectClose, someInputs } from '../../test/pass-checks.js'
import { writeOnnx } from '../file/onnx-file.js'
import { trace } from '../trace/trace.js'
import type { Graph, TensorFunction, TensorSpec } from '../types.js'
import { narrowSplits } from './narrow-splits.js'
import { loadRuntime } from './onnx-runtime.js'

const specs: TensorSpec[] = [{ shape: [2, 150], dtype: 'float32' }]
/** Parts of different lengths, in another order, so that none can be mistaken for another. */
const wide: TensorFunction = x => [
  tf.concat(
    tf
      .split(
        x!,
        Array.from({ length: 75 }, (_, k) => (k % 3) + 1),
        1
      )
      .reverse(),
    1
  ),
  ...tf.split(x!, [70, 80], 1)
]

async function run(graph: Graph): Promise<number[][]> {
  const ort = await loadRuntime('onnxruntime-node')
  const session = await ort.InferenceSession.create(writeOnnx(graph))
  const feeds = Object.fromEntries(
    someInputs(specs).map((data, k) => [
      graph.inputs[k]!.name,
      new ort.Tensor('float32', data as never, specs[k]!.shape)
    ])
  )
  const results = await session.run(feeds, Object.fromEntries(graph.outputs.map(({ name }) => [name, null])))
  await session.release()
  return graph.outputs.map(({ name }) => [...(results[name]!.data as Float32Array)])
}

test('wide splits become trees of narrow ones that give the same parts', async () => {
  const graph = trace(wide, specs)
  const narrow = narrowSplits(graph)
  const widths = (nodes: Graph['nodes']) =>
    nodes.filter(({ op }) => op === 'Split').map(({ outputs }) => outputs.length)
  expect(Math.max(...widths(graph.nodes))).toBe(75)
  expect(Math.max(...widths(narrow.nodes))).toBeLessThanOrEqual(7)
  const [expected, received] = [await run(graph), await run(narrow)]
  for (const [k, data] of received.entries()) expectClose(data, expected[k]!)
})
