import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { TensorFunction } from '../types.js'

const fused = ['gemm', 'deadCode'] as const

test('a product and a bias are one operation, on whichever side the bias stands', async () => {
  for (const bias of [real(5), real(1, 5)]) {
    const fn: TensorFunction = (x, w, b) => [tf.add(tf.matMul(x!, w!), b!), tf.add(b!, tf.matMul(w!, x!))]
    const graph = await checked(fused, fn, [real(5, 5), real(5, 5), bias])
    expect(operators(graph)).toEqual({ Gemm: 2 })
  }
})

test.each([
  [true, false],
  [false, true],
  [true, true]
])('a product with transposed factors (%s, %s) is one operation', async (transposeA, transposeB) => {
  const fn: TensorFunction = (x, w) => [tf.matMul(x!, w!, transposeA, transposeB)]
  const specs = [transposeA ? real(3, 2) : real(2, 3), transposeB ? real(4, 3) : real(3, 4)]
  const graph = await checked(fused, fn, specs)
  expect(operators(graph)).toEqual({ Gemm: 1 })
})

const others: Readonly<Record<string, TensorFunction>> = {
  'a product without transposes': (x, w) => [tf.matMul(x!, w!)],
  'what is added is different for every row': (x, w, b) => [
    tf.add(tf.matMul(x!, w!), tf.reshape(b!, [3, 1]))
  ],
  'the product is a result, too': (x, w, b) => {
    const product = tf.matMul(x!, w!)
    return [product, tf.add(product, b!)]
  },
  'products of stacks of matrices': (x, w) => {
    const stacks = [x!, w!].map(matrix => tf.expandDims(matrix)) as [tf.Tensor, tf.Tensor]
    return [tf.matMul(...stacks, true, false)]
  }
}

test.each(Object.entries(others))('left as it is: %s', async (_, fn) => {
  expect(operators(await checked(fused, fn, [real(3, 3), real(3, 3), real(3)])).Gemm).toBeUndefined()
})
