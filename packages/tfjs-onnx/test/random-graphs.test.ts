import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onnxEngine } from '../src/runtime/engine.js'
import { type RandomGraph, randomGraph, resultsOf, valuesOf } from './random-graphs.js'

/** How many graphs; `VGM_GRAPHS` for a longer search. */
const count = Number(process.env.VGM_GRAPHS ?? 300)

interface Expected {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
  /** The largest number that was computed on the way: rounding errors are in proportion to it. */
  readonly scale: number
}

function largestOf(tensors: readonly tf.Tensor[]): number {
  return tensors
    .flatMap(tensor => [...tensor.dataSync()])
    .reduce((a, b) => (Math.abs(b) < 1e30 ? Math.max(a, Math.abs(b)) : a), 1)
}

/** What tfjs's cpu backend computes; nothing where it fails, as some of its gradients of empty tensors do. */
function expectedOf(graph: RandomGraph): Expected[] | undefined {
  try {
    return tf.tidy(() => {
      const inputs = graph.inputs.map(({ data, shape }) => tf.tensor(data, [...shape]))
      const results = resultsOf(graph, ...inputs)
      const scale = largestOf(valuesOf(inputs, graph.steps)) * largestOf(results)
      return results.map(result => ({ shape: result.shape, data: result.dataSync().slice(), scale }))
    })
  } catch {
    return undefined
  }
}

function isClose(a: number, b: number, scale: number): boolean {
  if (Object.is(a, b) || a === b || Math.abs(b) > 1e37) return true
  return Math.abs(a - b) <= 1e-5 * scale + 1e-4 * Math.abs(b)
}

test(`${count} random graphs and their gradients compute what tfjs computes`, {
  timeout: 3_600_000
}, async () => {
  await tf.setBackend('cpu')
  const engine = await onnxEngine({ threads: 1 })
  let compared = 0
  const property = fc.asyncProperty(randomGraph, async graph => {
    const expected = expectedOf(graph)
    if (expected === undefined) return
    compared++
    const program = await engine.compile((...inputs) => resultsOf(graph, ...inputs), graph.inputs)
    for (const run of ['first', 'second']) {
      const handles = await program.run(graph.inputs.map(({ data }) => data))
      for (const [k, { shape, data, scale }] of expected.entries()) {
        const received = [...(await handles[k]!.read())]
        expect([...handles[k]!.shape], `shape of result ${k}, ${run} run`).toEqual(shape)
        const differs = received.some((a, index) => !isClose(a, data[index]!, scale))
        if (differs) expect(received, `result ${k}, ${run} run`).toEqual([...Array.from(data)])
        handles[k]!.dispose()
      }
    }
    program.dispose()
  })
  await fc.assert(property, { seed: Number(process.env.VGM_SEED ?? 1), numRuns: count })
  expect(compared).toBeGreaterThan(0.8 * count)
  expect(engine.alive()).toEqual({ programs: 0, handles: 0 })
})
