import { expect, test } from 'vitest'
import { golden } from '../../test/annotation-golden.js'
import { krippendorffAlpha, meanPairwiseCorrelation, measureAgreement } from './agreement.js'

test.each(golden.agreement.full)(
  'both measures are those of the reference',
  ({ ratings, alpha, correlation }) => {
    const found = measureAgreement(ratings)
    expect(found.alpha).toBeCloseTo(alpha, 10)
    expect(found.correlation).toBeCloseTo(correlation, 10)
  }
)

test('bars that a listener did not rate are left out of alpha', () => {
  const { ratings, alpha } = golden.agreement.unequal
  expect(krippendorffAlpha(ratings)).toBeCloseTo(alpha, 10)
})

test('full agreement is 1, contradiction is below 0', () => {
  expect(
    krippendorffAlpha([
      [0, 0.5, 1],
      [0, 0.5, 1]
    ])
  ).toBe(1)
  expect(
    krippendorffAlpha([
      [0, 1],
      [1, 0]
    ])
  ).toBeCloseTo(-0.5, 12)
  expect(
    meanPairwiseCorrelation([
      [0, 0.5, 1],
      [0, 0.25, 0.5]
    ])
  ).toBeCloseTo(1, 12)
  expect(
    meanPairwiseCorrelation([
      [0, 1],
      [1, 0]
    ])
  ).toBeCloseTo(-1, 12)
})

test('where nothing varies there is no agreement to measure, and never NaN', () => {
  expect(
    measureAgreement([
      [0.1, 0.1],
      [0.1, 0.1]
    ])
  ).toEqual({ alpha: undefined, correlation: undefined })
  expect(measureAgreement([[0.2, 0.3]])).toEqual({ alpha: undefined, correlation: undefined })
  expect(
    meanPairwiseCorrelation([
      [0, 1],
      [0.5, 0.5],
      [0.1, 0.3]
    ])
  ).toBeCloseTo(1, 12)
})

test('nobody listening, and values that are no numbers, are refused', () => {
  expect(() => krippendorffAlpha([])).toThrow('krippendorffAlpha: expected at least 1 ratings, got 0')
  expect(() => meanPairwiseCorrelation([[1, Number.POSITIVE_INFINITY]])).toThrow(
    'meanPairwiseCorrelation: ratings[0][1] expected a finite number, got Infinity'
  )
})
