import { createRandom, InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { bootstrapInterval } from './bootstrap.js'

const meanOf = ([group]: readonly (readonly number[])[]) => group!.reduce((a, b) => a + b, 0) / group!.length

test('is about two standard errors to each side of a mean', () => {
  const random = createRandom(3)
  const values = Array.from({ length: 200 }, () => random.next())
  const mean = meanOf([values])
  const deviation = Math.sqrt(meanOf([values.map(value => (value - mean) ** 2)]) / values.length)
  const [low, high] = bootstrapInterval([values], meanOf)
  expect(low).toBeCloseTo(mean - 1.96 * deviation, 2)
  expect(high).toBeCloseTo(mean + 1.96 * deviation, 2)
})

test('draws from every group by itself', () => {
  const [low, high] = bootstrapInterval([[1, 1, 1], [5]], ([a, b]) => a!.length * 10 + a![0]! + b![0]!)
  expect([low, high]).toEqual([36, 36])
})

test('is the same for the same seed', () => {
  const values = [1, 5, 2, 8, 3, 9, 4]
  const interval = (seed: number) => bootstrapInterval([values], meanOf, { seed, resamples: 50 })
  expect(interval(1)).toEqual(interval(1))
  expect(interval(1)).not.toEqual(interval(2))
  expect(() => bootstrapInterval([values], meanOf, { resamples: 0 })).toThrow(InvalidOptionError)
})
