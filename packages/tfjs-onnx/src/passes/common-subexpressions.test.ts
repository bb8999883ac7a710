import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import type { Graph, Node, TensorFunction, Value } from '../types.js'
import { shareCommonSubexpressions } from './common-subexpressions.js'

const shared = ['commonSubexpressions'] as const

test('what is computed twice is computed once, and what depends on it, too', async () => {
  const fn: TensorFunction = x => [tf.add(tf.exp(tf.tanh(x!)), 1), tf.mul(tf.exp(tf.tanh(x!)), 2)]
  expect(operators(await checked(shared, fn, [real(2, 3)]))).toEqual({ Tanh: 1, Exp: 1, Add: 1, Mul: 1 })
})

test('operations differ by their operands, the order of these, and by attributes', async () => {
  const fn: TensorFunction = (x, y) => [
    tf.sub(x!, y!),
    tf.sub(y!, x!),
    tf.leakyRelu(x!, 0.1),
    tf.leakyRelu(x!, 0.2),
    tf.sum(x!, 0),
    tf.sum(x!, 1)
  ]
  const graph = await checked(shared, fn, [real(2, 2), real(2, 2)])
  expect(operators(graph)).toEqual({ Sub: 2, LeakyRelu: 2, ReduceSum: 2 })
})

test('several results are shared one by one', async () => {
  const fn: TensorFunction = x => tf.split(x!, 2).map((part, k) => tf.mul(part, tf.split(x!, 2)[1 - k]!))
  expect(operators(await checked(shared, fn, [real(4)]))).toEqual({ Split: 1, Mul: 2 })
})

test('the same result twice is two outputs', async () => {
  const fn: TensorFunction = x => [tf.tanh(x!), tf.tanh(x!), x!]
  const graph = await checked(shared, fn, [real(2)])
  expect(graph.nodes.map(({ op }) => op)).toEqual(['Tanh', 'Identity', 'Identity', 'Identity'])
})

const value = (name: string): Value => ({ name, shape: [2], dtype: 'float32' })
const node = (op: string, attributes: Node['attributes'], output: Value): Node => ({
  op,
  inputs: [],
  outputs: [output],
  attributes
})

test('draws by chance are not the same, nor are numbers that JSON cannot tell apart', () => {
  const [a, b, sum] = [value('a'), value('b'), value('sum')]
  const total: Node = { op: 'Add', inputs: [a, b], outputs: [sum], attributes: {} }
  const graphOf = (...nodes: Node[]): Graph => ({ inputs: [], outputs: [sum], nodes: [...nodes, total] })
  const random = graphOf(node('RandomNormal', { shape: [2] }, a), node('RandomNormal', { shape: [2] }, b))
  expect(shareCommonSubexpressions(random).nodes).toHaveLength(3)
  const infinite = graphOf(
    node('Constant', { value: { float: Infinity } }, a),
    node('Constant', { value: { float: -Infinity } }, b)
  )
  expect(shareCommonSubexpressions(infinite).nodes).toHaveLength(3)
})
