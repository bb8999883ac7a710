import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { TensorFunction } from '../types.js'

const joined = ['concatOfSplit', 'deadCode'] as const

test('parts of a split that are joined again are what was split', async () => {
  const fn: TensorFunction = x => [tf.tanh(tf.concat(tf.split(x!, [1, 3], 1), 1))]
  expect(operators(await checked(joined, fn, [real(2, 4)]))).toEqual({ Tanh: 1 })
})

test('rows that are taken apart and put under one another are a reshape', async () => {
  const fn: TensorFunction = x => [tf.tanh(tf.concat(tf.unstack(x!, 0), 0))]
  expect(operators(await checked(joined, fn, [real(4, 2, 3)]))).toEqual({ Reshape: 1, Tanh: 1 })
})

test('parts that are joined and split again are the parts', async () => {
  const fn: TensorFunction = (a, b) => tf.split(tf.concat([tf.tanh(a!), b!], 1), [2, 3], 1)
  expect(operators(await checked(joined, fn, [real(2, 2), real(2, 3)]))).toEqual({ Tanh: 1 })
})

test('through both it finds the way back', async () => {
  const fn: TensorFunction = x => {
    const once = tf.concat(tf.split(x!, 2, 0), 0)
    return [tf.tanh(tf.concat(tf.unstack(tf.concat(tf.split(once, 4, 0), 0), 0), 0))]
  }
  expect(operators(await checked(joined, fn, [real(4, 3)])).Split).toBeUndefined()
})

const others: Readonly<Record<string, TensorFunction>> = {
  'in another order': x => [tf.concat(tf.split(x!, 2, 0).reverse(), 0)],
  'not all of them': x => [tf.concat(tf.split(x!, 4, 0).slice(0, 2), 0)],
  'one of them twice': x => [tf.concat([...tf.split(x!, 2, 0), ...tf.split(x!, 2, 0)], 0)],
  'along another axis': x => [tf.concat(tf.split(x!, 2, 0), 1)],
  'of other sizes': x => tf.split(tf.concat(tf.split(x!, [1, 3], 0).reverse(), 0), [1, 3], 0),
  'reshaped, along another axis': x => [tf.concat(tf.unstack(x!, 1), 0)]
}

test.each(Object.entries(others))('left as it is: %s', async (_, fn) => {
  const graph = await checked(joined, fn, [real(4, 4)])
  expect(operators(graph)).toMatchObject({ Split: expect.any(Number), Concat: 1 })
})
