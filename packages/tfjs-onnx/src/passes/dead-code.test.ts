import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { TensorFunction } from '../types.js'

const alive = ['deadCode'] as const

test('what no output needs is left out, with all that only this needs', async () => {
  const fn: TensorFunction = (x, y) => {
    tf.exp(tf.sin(tf.add(x!, y!)))
    return [tf.tanh(x!)]
  }
  expect(operators(await checked(alive, fn, [real(2), real(2)]))).toEqual({ Tanh: 1 })
})

test('operations with several results stay if one of these is needed', async () => {
  const fn: TensorFunction = x => [tf.split(x!, 2)[1]!]
  expect(operators(await checked(alive, fn, [real(4)]))).toEqual({ Split: 1 })
})

test('an input that nothing needs stays an input', async () => {
  const fn: TensorFunction = (_, y) => [y!, y!]
  const graph = await checked(alive, fn, [real(2), real(2)])
  expect(graph.inputs.map(({ name }) => name)).toEqual(['in0', 'in1'])
})
