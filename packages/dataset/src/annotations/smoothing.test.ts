import { expect, test } from 'vitest'
import { golden } from '../../test/annotation-golden.js'
import { movingAverage } from './moving-average.js'
import { zScores } from './z-scores.js'

test('a moving average has one value for each place where the window fits', () => {
  expect(movingAverage([1, 3, 5, 9], 2)).toEqual([2, 4, 7])
  expect(movingAverage([1, 3, 5, 9], 4)).toEqual([4.5])
  expect(movingAverage([1, 3], 1)).toEqual([1, 3])
})

test('a window that does not fit is refused', () => {
  expect(() => movingAverage([1], 2)).toThrow('movingAverage: values expected at least 2 values, got [1]')
  expect(() => movingAverage([1], 0)).toThrow('movingAverage: window expected an integer ≥ 1, got 0')
})

test('z-scores are those of SciPy', () => {
  const found = zScores(golden.zScores.values)
  golden.zScores.scores.forEach((score, index) => {
    expect(found[index]).toBeCloseTo(score, 10)
  })
})

test('what does not vary has z-scores of 0', () => {
  expect(zScores([0.1, 0.1, 0.1])).toEqual([0, 0, 0])
})
