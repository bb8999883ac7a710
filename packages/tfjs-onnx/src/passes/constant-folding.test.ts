import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import { trace } from '../trace/trace.js'
import type { Graph, TensorFunction } from '../types.js'
import { foldConstants } from './constant-folding.js'

const folded = ['constantFolding'] as const

/** A recorded constant that tfjs does not compute by itself while it is traced. */
const matrix = () => tf.tensor2d([1, -2, 3, 4.5, 5, 0], [2, 3])

/** Functions of `x` `[2, 3]` whose other operand is computed from constants alone. */
const cases: Readonly<Record<string, (constant: tf.Tensor) => tf.Tensor>> = {
  reshape: k => tf.reshape(k, [1, 6]),
  transpose: k => tf.transpose(k),
  'transpose of three axes': k => tf.transpose(tf.reshape(k, [1, 2, 3]), [2, 0, 1]),
  concat: k => tf.concat([k, tf.neg(k)], 0),
  'concat of columns': k => tf.concat([k, tf.neg(k), k], 1),
  'sum, difference, product and quotient': k => tf.div(tf.mul(tf.add(k, 1), tf.sub(k, 0.1)), tf.add(k, 10)),
  'of one number with many': k => tf.sub(2, k),
  'rounded to float32': k => tf.mul(tf.add(k, 0.1), 1 / 3),
  'integers and back': k => tf.cast(tf.mul(tf.cast(k, 'int32'), tf.scalar(-3, 'int32')), 'float32'),
  'booleans and back': k => tf.cast(tf.cast(k, 'bool'), 'float32')
}

test.each(Object.entries(cases))('computed when compiled: %s', async (_, compute) => {
  const fn: TensorFunction = x => [tf.tanh(x!), compute(matrix())]
  const graph = await checked(folded, fn, [real(2, 3)])
  expect(operators(graph)).toEqual({ Tanh: 1 })
})

test('left to the runtime: other operators, broadcasts, numbers that a type cannot hold', async () => {
  const fn: TensorFunction = x => [
    tf.add(x!, tf.exp(matrix())),
    tf.add(matrix(), tf.tensor1d([1, 2, 3])),
    tf.cast(tf.tensor1d([1e30, -1e30]), 'bool')
  ]
  expect(operators(await checked(folded, fn, [real(2, 3)]))).toEqual({ Exp: 1, Add: 2 })
  const { nodes } = foldConstants(trace(() => [tf.cast(tf.tensor1d([1e30]), 'int32')], []))
  expect(nodes.map(({ op }) => op)).toEqual(['Cast', 'Identity'])
})

test('an output that is constant stays an output', () => {
  const output = { name: 'y', shape: [1], dtype: 'float32' } as const
  const constant = { name: 'k', shape: [1], dtype: 'float32', data: Float32Array.of(2) } as const
  const node = { op: 'Neg', inputs: [constant], outputs: [output], attributes: {} }
  const graph: Graph = { inputs: [], outputs: [output], nodes: [node] }
  expect(foldConstants(graph).nodes).toEqual([node])
})

test('integers wrap around as they do in the runtime', async () => {
  const integers = fc.array(fc.integer(), { minLength: 2, maxLength: 2 })
  const property = fc.asyncProperty(integers, integers, async (a, b) => {
    const fn: TensorFunction = () => {
      const [x, y] = [tf.tensor1d(a, 'int32'), tf.tensor1d(b, 'int32')]
      return [tf.add(x, y), tf.sub(x, y), tf.mul(x, y), tf.neg(x)]
    }
    expect(operators(await checked(folded, fn, []))).toEqual({})
  })
  await fc.assert(property, { seed: 1, numRuns: 5, endOnFailure: true })
}, 60_000)
