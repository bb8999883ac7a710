import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { TensorFunction, TensorSpec } from '../types.js'

const simplified = ['simplification', 'deadCode'] as const

const ints: TensorSpec = { shape: [3], dtype: 'int32' }
const flags: TensorSpec = { shape: [2, 3], dtype: 'bool' }

/** What is left of functions of `x` `[2, 3]`, `n` `[3]` int32 and `flag` `[2, 3]`; `tanh` stands for what is not known. */
const cases: Readonly<Record<string, [TensorFunction, Record<string, number>]>> = {
  x·1: [x => [tf.tanh(tf.mul(x!, 1))], { Tanh: 1 }],
  '1·x': [x => [tf.tanh(tf.mul(tf.onesLike(x!), x!))], { Tanh: 1 }],
  'x + 0 and 0 + x': [x => [tf.tanh(tf.add(0, tf.add(x!, tf.zerosLike(x!))))], { Tanh: 1 }],
  'x − 0': [x => [tf.tanh(tf.sub(x!, 0))], { Tanh: 1 }],
  'not 0 − x': [x => [tf.sub(0, x!)], { Sub: 1 }],
  'x / 1': [x => [tf.tanh(tf.div(x!, 1))], { Tanh: 1 }],
  'not 1 / x': [x => [tf.div(1, x!)], { Div: 1 }],
  'not where ones make x larger': [x => [tf.mul(x!, tf.ones([4, 2, 3]))], { Mul: 1 }],
  'ones that only stretch what is stretched anyway': [
    (x, n) => [tf.mul(x!, tf.mul(tf.cast(n!, 'float32'), tf.ones([2, 3])))],
    { Cast: 1, Mul: 1 }
  ],
  'transposes that cancel': [x => [tf.tanh(tf.transpose(tf.transpose(x!)))], { Tanh: 1 }],
  'transposes that do not': [
    x => [tf.transpose(tf.transpose(tf.reshape(x!, [1, 2, 3]), [1, 2, 0]), [1, 2, 0])],
    { Reshape: 1, Transpose: 1 }
  ],
  'a transpose that changes nothing': [x => [tf.tanh(tf.transpose(x!, [0, 1]))], { Tanh: 1 }],
  'a reshape of a reshape': [x => [tf.reshape(tf.reshape(x!, [6]), [3, 2])], { Reshape: 1 }],
  'a reshape back': [x => [tf.tanh(tf.reshape(tf.reshape(x!, [6]), [2, 3]))], { Tanh: 1 }],
  'a cast of a cast that lost nothing': [
    (_x, _n, flag) => [tf.cast(tf.cast(flag!, 'int32'), 'float32')],
    { Cast: 1 }
  ],
  'not of one that lost the fractions': [x => [tf.cast(tf.cast(x!, 'int32'), 'float32')], { Cast: 2 }],
  'not of one that lost what floats cannot hold': [
    (_, n) => [tf.cast(tf.cast(n!, 'float32'), 'int32')],
    { Cast: 2 }
  ],
  '−(−x)': [x => [tf.tanh(tf.neg(tf.neg(x!)))], { Tanh: 1 }]
}

test.each(Object.entries(cases))('%s', async (_, [fn, expected]) => {
  const graph = await checked(simplified, fn, [real(2, 3), ints, flags])
  expect(operators(graph)).toEqual(expected)
})

test('one-hot rows are whole numbers already', async () => {
  const fn: TensorFunction = ids => [tf.cast(tf.cast(tf.oneHot(ids as tf.Tensor1D, 4), 'int32'), 'float32')]
  const { OneHot, Cast } = operators(await checked(simplified, fn, [ints]))
  expect({ OneHot, Cast }).toEqual({ OneHot: 1, Cast: undefined })
})

test('an output keeps its name where nothing is left to compute', async () => {
  const fn: TensorFunction = x => [tf.mul(x!, 1), tf.reshape(x!, [2, 3])]
  const { nodes } = await checked(simplified, fn, [real(2, 3)])
  expect(nodes.map(({ outputs }) => outputs[0]!.name)).toEqual(['out0', 'out1'])
})

const steps: readonly ((x: tf.Tensor, y: tf.Tensor) => tf.Tensor)[] = [
  x => tf.mul(x, 1),
  x => tf.add(0, x),
  x => tf.transpose(x, [1, 2, 0]),
  x => tf.transpose(x, [0, 2, 1]),
  x => tf.reshape(x, [x.shape[1]!, x.shape[0]!, x.shape[2]!]),
  x => tf.reshape(tf.reshape(x, [-1]), x.shape),
  x => tf.neg(x),
  x => tf.tanh(x),
  (x, y) => tf.mul(x, tf.reshape(y, x.shape)),
  x => tf.add(x, tf.mul(tf.sum(x, 1, true), tf.onesLike(x)))
]

test('any chain of such steps computes the same', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.nat({ max: steps.length - 1 }), { minLength: 3, maxLength: 10 }),
    async chain => {
      const fn: TensorFunction = x => [chain.reduce((y, k) => steps[k]!(y, x!), x!)]
      await checked(simplified, fn, [real(2, 3, 4)])
    }
  )
  await fc.assert(property, { seed: 5, numRuns: 25, endOnFailure: true })
}, 60_000)
