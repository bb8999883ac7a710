import fc from 'fast-check'
import { expect, test } from 'vitest'
import { golden } from '../../../test/annotation-golden.js'
import { dtwDistance } from './dtw-distance.js'

const series = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })

test.each(golden.warp)('the distance is that of dtaidistance, band $band', ({ a, b, band, distance }) => {
  expect(dtwDistance(a, b, { band })).toBeCloseTo(distance, 10)
})

test('a series that lingers is as near as the series itself', () => {
  expect(dtwDistance([0, 1, 0], [0, 1, 1, 1, 0])).toBe(0)
  expect(dtwDistance([0, 0, 1], [0, 1, 1], { band: 0 })).toBe(1)
})

test('a wider band never makes series farther, and no band is the widest', () => {
  fc.assert(
    fc.property(series, series, fc.nat(12), (a, b, band) => {
      const free = dtwDistance(a, b)
      const narrow = dtwDistance(a, b, { band })
      expect(free).toBe(dtwDistance(b, a))
      expect(dtwDistance(a, b, { band: band + 1 })).toBeLessThanOrEqual(narrow)
      expect(free).toBeLessThanOrEqual(narrow)
      expect(dtwDistance(a, a)).toBe(0)
    })
  )
})

test('values that are no numbers, and a band that is none, are refused', () => {
  expect(() => dtwDistance([0, Number.NaN], [1])).toThrow(
    'dtwDistance: a[1] expected a finite number, got NaN'
  )
  expect(() => dtwDistance([0], [])).toThrow('dtwDistance: b expected at least one value, got []')
  expect(() => dtwDistance([0], [1], { band: 1.5 })).toThrow(
    'dtwDistance: band expected an integer ≥ 0, got 1.5'
  )
})
