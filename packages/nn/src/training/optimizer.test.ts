import '@tensorflow/tfjs-backend-cpu'
import { scalar, tensor1d } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { adam, adamScalars } from './optimizer.js'

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
