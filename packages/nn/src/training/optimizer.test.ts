import '@tensorflow/tfjs-backend-cpu'
import { scalar, tensor1d } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { adam, adamOnHost, adamScalars } from './optimizer.js'

test('weight decay takes its share of the rate off the parameter, beside the update, not through the gradient', async () => {
  const { rate, correction } = adamScalars(5, 0.01)
  const [parameter, gradient, first, second] = [
    [2, -3],
    [0.5, 0.1],
    [0.2, 0],
    [0.04, 0.01]
  ].map(values => tensor1d(values)) as [never, never, never, never]
  const stepWith = async (weightDecay: number) => {
    const scalars = { rate: scalar(rate), correction: scalar(correction), weightDecay }
    const updated = adam(parameter, gradient, first, second, scalars)
    return Promise.all([updated.parameter.data(), updated.first.data(), updated.second.data()])
  }
  const [plain, decayed] = [await stepWith(0), await stepWith(0.3)]
  for (const [k, value] of [2, -3].entries()) {
    expect(plain[0][k]! - decayed[0][k]!).toBeCloseTo(value * rate * 0.3, 5)
  }
  expect(decayed.slice(1)).toEqual(plain.slice(1))
})

test('numbers of the host move as tensors do, and uphill at a rate below 0 (rtol 1e-6)', async () => {
  const [values, gradients, first, second] = [
    [2, -3],
    [0.5, 0.1],
    [0.2, 0],
    [0.04, 0.01]
  ] as const
  const { rate, correction } = adamScalars(5, 0.01)
  const tensors = [values, gradients, first, second].map(numbers => tensor1d([...numbers])) as never[]
  const [p, g, m, v] = tensors as [never, never, never, never]
  const moved = adam(p, g, m, v, { rate: scalar(rate), correction: scalar(correction) })
  const down = adamOnHost({ values, first, second }, gradients, 5, 0.01)
  const up = adamOnHost({ values, first, second }, gradients, 5, -0.01)
  for (const [k, value] of (await moved.parameter.data()).entries()) {
    expect(down.values[k]).toBeCloseTo(value, 6)
    expect(up.values[k]! - values[k]!).toBeCloseTo(values[k]! - down.values[k]!, 12)
  }
  expect(up.first).toEqual(down.first)
  for (const [k, value] of (await moved.second.data()).entries()) expect(down.second[k]).toBeCloseTo(value, 6)
})
