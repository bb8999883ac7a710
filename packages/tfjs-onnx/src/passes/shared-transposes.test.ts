import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { TensorFunction } from '../types.js'

const passes = ['sharedTransposes', 'gemm', 'deadCode'] as const

test('what many products with few rows share is transposed once, wherever it comes from', async () => {
  const fn: TensorFunction = (x, w, b) => {
    const v = tf.tanh(w!)
    let h = x!
    for (let k = 0; k < 8; k++) h = tf.tanh(tf.add(tf.matMul(tf.tanh(tf.matMul(h, w!)), v), b!))
    return [h, tf.matMul(v, w!)]
  }
  const graph = await checked(passes, fn, [real(3, 3), real(3, 3), real(3)])
  expect(operators(graph)).toEqual({ Tanh: 17, Transpose: 2, Gemm: 17 })
})

test('products with many rows, or few products, stay as they are', async () => {
  const products = (rows: number, count: number) => {
    const fn: TensorFunction = (x, w) => {
      let h = x!
      for (let k = 0; k < count; k++) h = tf.tanh(tf.matMul(h, w!))
      return [h]
    }
    return checked(passes, fn, [real(rows, 3), real(3, 3)])
  }
  expect(operators(await products(65, 8))).toEqual({ MatMul: 8, Tanh: 8 })
  expect(operators(await products(3, 7))).toEqual({ MatMul: 7, Tanh: 7 })
})
