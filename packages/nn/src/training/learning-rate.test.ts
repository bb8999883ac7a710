import { expect, test } from 'vitest'
import { learningRateAt } from './optimizer.js'

test('the rate rises to its full value over the first steps, while it falls to zero over the run', () => {
  const settings = { learningRate: 0.8, warmUpSteps: 4 }
  const rates = Array.from({ length: 10 }, (_, step) => learningRateAt(settings, step, step / 10))
  const expected = [0.2, 0.36, 0.48, 0.56, 0.48, 0.4, 0.32, 0.24, 0.16, 0.08]
  for (const [step, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[step]!, 12)
})

test('without warm-up the first step has the full rate', () => {
  expect(learningRateAt({ learningRate: 0.8, warmUpSteps: 0 }, 0, 0)).toBe(0.8)
})
