import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { checked, expectClose, operators, real, results, someInputs } from '../../test/pass-checks.js'
import { lstmGradients, lstmSpecs } from '../../test/recurrent-nets.js'
import type { TensorFunction } from '../types.js'

const product = (x: tf.Tensor, dy: tf.Tensor) => tf.matMul(x, dy, true, false)

const factors = [real(3, 4), real(3, 5), real(2, 4), real(2, 5), real(4, 5)]

test('a sum of products with transposed left factors becomes one product, and what else is in it stays', async () => {
  const fn: TensorFunction = (x1, y1, x2, y2, rest) => [
    tf.add(tf.add(product(x1!, y1!), rest!), product(x2!, y2!))
  ]
  const graph = await checked(['gatherProducts', 'deadCode'], fn, factors)
  expect(operators(graph)).toEqual({ Concat: 2, Transpose: 1, MatMul: 1, Sum: 1 })
})

test('sums of many terms and of sums are one sum', async () => {
  const fn: TensorFunction = (x1, y1, x2, y2) => [
    tf.addN([product(x1!, y1!), tf.add(product(x2!, y2!), product(x2!, y2!)), product(x1!, y1!)])
  ]
  const graph = await checked(['gatherProducts', 'deadCode'], fn, factors)
  expect(operators(graph)).toEqual({ Concat: 2, Transpose: 1, MatMul: 1 })
})

test('sums over rows are gathered, too', async () => {
  const fn: TensorFunction = (a, b) => [tf.add(tf.sum(a!, 0), tf.sum(b!, 0))]
  const graph = await checked(['gatherProducts'], fn, [real(2, 3), real(4, 3)])
  expect(operators(graph)).toEqual({ Concat: 1, ReduceSum: 1 })
})

test('a product that something else needs, or one alone, is left as it is', async () => {
  const shared: TensorFunction = (x1, y1, x2, y2) => {
    const first = product(x1!, y1!)
    return [tf.add(first, product(x2!, y2!)), tf.tanh(first)]
  }
  expect(operators(await checked(['gatherProducts'], shared, factors)).MatMul).toBe(2)
  const stretched: TensorFunction = (x1, y1, x2, y2) => [tf.add(product(x1!, y1!), product(x2!, y2!))]
  const specs = [real(3, 1), real(3, 5), real(2, 4), real(2, 5)]
  expect(operators(await checked(['gatherProducts'], stretched, specs)).MatMul, 'broadcast').toBe(2)
})

test("the gradients of an LSTM take one product for each weight, and equal those of tfjs's cpu backend", async () => {
  const specs = lstmSpecs({ steps: 20, batch: 3, inputs: 5, units: 6 })
  const graph = await checked(
    ['commonSubexpressions', 'simplification', 'deadCode', 'gatherProducts', 'deadCode'],
    lstmGradients,
    specs
  )
  const producing = (op: string, ...shape: number[]) =>
    graph.nodes.filter(node => node.op === op && `${node.outputs[0]!.shape}` === `${shape}`).length
  expect(producing('MatMul', 5, 24), 'of Wx').toBe(1)
  expect(producing('MatMul', 6, 24), 'of Wh').toBe(1)
  expect(producing('ReduceSum', 24), 'of b').toBe(1)
  expect(producing('Concat', 60, 24), 'the gates are gathered once').toBe(1)

  await tf.setBackend('cpu')
  const inputs = someInputs(specs).map((data, k) => tf.tensor(data, [...specs[k]!.shape]))
  const expected = lstmGradients(...inputs).map(tensor => [...tensor.dataSync()])
  for (const [k, { data }] of (await results(['gatherProducts'], lstmGradients, specs)).entries()) {
    expectClose(data, expected[k]!, { rtol: 1e-4, atol: 1e-5 })
  }
}, 60_000)
