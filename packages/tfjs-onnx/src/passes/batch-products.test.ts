import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checked, operators, real } from '../../test/pass-checks.js'
import { lstmGradients, lstmSpecs } from '../../test/recurrent-nets.js'
import type { Node, TensorFunction, Value } from '../types.js'
import { batchProducts } from './batch-products.js'

test('products with the same right factor become one', async () => {
  const fn: TensorFunction = (a, b, w) => [tf.matMul(a!, w!), tf.tanh(tf.matMul(b!, w!))]
  const graph = await checked(['batchProducts'], fn, [real(2, 3), real(4, 3), real(3, 5)])
  expect(operators(graph)).toEqual({ Concat: 1, MatMul: 1, Split: 1, Tanh: 1 })
})

test('products that need one another stay apart, and those of the same depth are joined', async () => {
  const fn: TensorFunction = (a, b, w) => {
    const first = [tf.matMul(a!, w!), tf.matMul(b!, w!)]
    return first.map(h => tf.matMul(tf.tanh(h), w!))
  }
  const graph = await checked(['batchProducts'], fn, [real(2, 3), real(2, 3), real(3, 3)])
  expect(operators(graph)).toEqual({ Concat: 2, MatMul: 2, Split: 2, Tanh: 2 })
})

test('a product is no later for having been computed with one that comes later', async () => {
  const fn: TensorFunction = (a, b, w, v) => {
    const first = tf.matMul(a!, w!)
    const second = tf.matMul(tf.matMul(b!, v!), w!) // joins `first`, but needs `v`'s
    return [tf.matMul(first, v!), second]
  }
  const graph = await checked(['batchProducts'], fn, [real(2, 3), real(2, 3), real(3, 3), real(3, 3)])
  // Once w's are joined, v's products need one another through them.
  expect(operators(graph)).toEqual({ Concat: 1, MatMul: 3, Split: 1 })
})

test('an LSTM projects the words of all steps at once, forwards and backwards', async () => {
  const specs = lstmSpecs({ steps: 6, batch: 2, inputs: 3, units: 4 })
  const graph = await checked(['commonSubexpressions', 'deadCode', 'batchProducts'], lstmGradients, specs)
  const projections = graph.nodes.filter(({ op, inputs }) => op === 'MatMul' && inputs[1] === graph.inputs[1])
  expect(projections.map(({ outputs }) => outputs[0]!.shape)).toEqual([[12, 16]])
})

test('any network of products computes the same, in an order that can be computed', async () => {
  const step = fc.record({
    left: fc.nat(),
    weight: fc.nat(),
    op: fc.constantFrom('product', 'tanh', 'add')
  })
  const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async steps => {
    const fn: TensorFunction = (a, b, w, v) => {
      const values = [a!, b!]
      for (const { left, weight, op } of steps) {
        const x = values[left % values.length]!
        if (op === 'product') values.push(tf.matMul(x, weight % 2 === 0 ? w! : v!))
        else values.push(op === 'tanh' ? tf.tanh(x) : tf.add(x, values[weight % values.length]!))
      }
      return values.slice(2)
    }
    const specs = [real(2, 3), real(2, 3), real(3, 3), real(3, 3)]
    const graph = await checked(['batchProducts'], fn, specs)
    const known = new Set(graph.inputs)
    for (const { inputs, outputs } of graph.nodes) {
      expect(inputs.every(input => known.has(input) || input.data !== undefined)).toBe(true)
      for (const output of outputs) known.add(output)
    }
  })
  await fc.assert(property, { seed: 3, numRuns: 20, endOnFailure: true })
}, 60_000)

test('its time grows with the graph, not with its square', () => {
  const value = (name: string, ...shape: number[]): Value => ({ name, shape, dtype: 'float32' })
  const weights = Array.from({ length: 8 }, (_, k) => value(`w${k}`, 3, 3))
  const inputs = [value('x', 2, 3), ...weights]
  const nodes: Node[] = []
  for (let step = 0, last = inputs[0]!; step < 1000; step++) {
    const products = weights.map((w, k) => {
      const output = value(`y${step}_${k}`, 2, 3)
      // Half of the weights are used in turn, half independently.
      nodes.push({ op: 'MatMul', inputs: [k < 4 ? last : inputs[0]!, w], outputs: [output], attributes: {} })
      return output
    })
    last = value(`h${step}`, 2, 3)
    nodes.push({ op: 'Sum', inputs: products, outputs: [last], attributes: {} })
  }
  const start = process.cpuUsage()
  const graph = batchProducts({ inputs, outputs: nodes.at(-1)!.outputs, nodes })
  expect(process.cpuUsage(start).user / 1e3, 'ms').toBeLessThan(2000)
  expect(operators(graph)).toEqual({ Concat: 4, MatMul: 4004, Split: 4, Sum: 1000 })
})
