import { matMul, neg, type Tensor2D } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { traceWith } from '../trace/trace-with-constants.js'
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
  const node = nodes.find(({ op }) => op === 'MatMulIntegerToFloat')!
  const [, values, , scales] = node.inputs.map(({ data }) => data) as [
    unknown,
    Int8Array,
    unknown,
    Float32Array
  ]
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

test('a product of constants stays exact', () => {
  const table = weights.slice(0, 2 * rows)
  const fn = (w: unknown, x: unknown) => [matMul(neg(x as Tensor2D), w as Tensor2D)]
  const { nodes } = quantizeWeights(traceWith(fn as never, specs, [weights, table]), [weights, table])
  expect(nodes.map(({ op }) => op)).toEqual(['Neg', 'MatMul', 'Identity'])
})

test.each(['onnxruntime-node', 'onnxruntime-web'] as const)(
  'a row is the same bits beside any others, on %s',
  async runtime => {
    const row = Float32Array.from({ length: rows }, (_, k) => Math.cos(k * k))
    const others = [0, 1, 1e-6, 1000, Number.POSITIVE_INFINITY, Number.NaN]
    const results = await Promise.all(
      [[], ...others.map(scale => [scale]), [1000, 0, ...new Array(60).fill(3)]].map(async scales => {
        const shape = [scales.length + 1, rows]
        const x = Float32Array.from({ length: rows * shape[0]! }, (_, k) =>
          k < rows ? row[k]! : Math.sin(k) * scales[Math.floor(k / rows) - 1]!
        )
        const program = await compile(product as never, [specs[0]!, { shape, dtype: 'float32' }], {
          runtime,
          precision: 'int8',
          constants: [weights]
        })
        const [result] = await program.run([x])
        program.dispose()
        return (await result!.read()).slice(0, columns)
      })
    )
    for (const result of results) expect(result).toEqual(results[0])
  }
)

test('a row with a number that is none gives none, and a row of zeros gives zeros', async () => {
  const x = new Float32Array(2 * rows)
  x[3] = Number.NaN
  const program = await compile(product as never, specs, { precision: 'int8', constants: [weights] })
  const result = [...(await (await program.run([x]))[0]!.read())]
  expect(result.slice(0, columns).every(Number.isNaN)).toBe(true)
  expect(result.slice(columns)).toEqual(new Array(columns).fill(0))
})

test('a small row beside a large one loses no digits (2% of its own largest result)', async () => {
  const x = Float32Array.from({ length: 2 * rows }, (_, k) => Math.cos(k * k) * (k < rows ? 1 : 1000))
  const results = await Promise.all(
    (['f32', 'int8'] as const).map(async precision => {
      const program = await compile(product as never, specs, { precision, constants: [weights] })
      return (await (await program.run([x]))[0]!.read()).slice(0, columns)
    })
  )
  const [exact, near] = results as [Float32Array, Float32Array]
  const largest = Math.max(...exact.map(Math.abs))
  for (const [k, value] of exact.entries()) expect(Math.abs(near[k]! - value)).toBeLessThan(0.02 * largest)
})
