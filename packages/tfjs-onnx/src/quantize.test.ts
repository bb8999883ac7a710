import { matMul, type Tensor2D } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { traceWith } from './bind.js'
import { compile } from './engine.js'
import { quantizeWeights } from './quantize.js'

const [rows, columns] = [64, 64]
const specs = [
  { shape: [rows, columns], dtype: 'float32' as const },
  { shape: [2, rows], dtype: 'float32' as const }
]
const product = (w: unknown, x: unknown) => [matMul(x as Tensor2D, w as Tensor2D)]
const weights = Float32Array.from({ length: rows * columns }, (_, k) => Math.sin(k * k) * (1 + (k % columns)))

test('rounds every column to 127 steps of its largest number, and leaves zeros', () => {
  const zeroed = weights.map((weight, k) => (k % columns === 5 ? 0 : weight))
  const { nodes } = quantizeWeights(traceWith(product, specs, [zeroed]), [zeroed])
  const node = nodes.find(({ op }) => op === 'DynamicQuantizeMatMul')!
  const [, values, scales] = node.inputs.map(({ data }) => data) as [unknown, Int8Array, Float32Array]
  for (const [k, weight] of zeroed.entries()) {
    expect(Math.abs(values[k]! * scales[k % columns]! - weight)).toBeLessThanOrEqual(
      scales[k % columns]! * 0.501
    )
  }
  expect(Math.max(...values)).toBe(127)
  expect(scales[5]).toBe(0)
})

test('multiplies nearly as in float32 (2% of the largest result), and only what was given as a constant', async () => {
  const x = Float32Array.from({ length: 2 * rows }, (_, k) => Math.cos(k * k))
  const results = await Promise.all(
    (['f32', 'int8'] as const).map(async precision => {
      const program = await compile(product as never, specs, { precision, constants: [weights] })
      const [result] = await program.run([x])
      return result!.read()
    })
  )
  const [exact, near] = results as [Float32Array, Float32Array]
  const largest = Math.max(...exact.map(Math.abs))
  expect(near).not.toEqual(exact)
  for (const [k, value] of exact.entries()) expect(Math.abs(near[k]! - value)).toBeLessThan(0.02 * largest)
  const graph = traceWith(product, specs, [])
  expect(quantizeWeights(graph, [weights])).toEqual(graph)
})
