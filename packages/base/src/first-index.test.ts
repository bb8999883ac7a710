import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstIndex } from './first-index.js'

test('finds the first of sorted numbers that reaches a bound, as findIndex does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(21), (values, bound) => {
      const sorted = values.toSorted((a, b) => a - b)
      const found = sorted.findIndex(value => value >= bound)
      const index = firstIndex(sorted.length, at => sorted[at]! >= bound)
      expect(index).toBe(found < 0 ? sorted.length : found)
    }),
    { seed: 1 }
  )
})

test('looks at few of many', () => {
  let looks = 0
  const index = firstIndex(2 ** 30, at => {
    looks++
    return at >= 12_345
  })
  expect(index).toBe(12_345)
  expect(looks).toBe(30)
})
