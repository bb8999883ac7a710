import { describe, expect, it } from 'vitest'
import golden from '../../test/golden/scores.json' with { type: 'json' }
import { confusionMatrix, InvalidOptionError, reliability, ShapeError, score } from '../index.js'
import { studentQuantile, summarize } from './summary.js'

describe('score', () => {
  it.each(golden.cases)('as scikit-learn, ties included (%#)', ({ labels, probabilities, ...expected }) => {
    const scores = score(labels, probabilities)
    for (const [name, value] of Object.entries(expected.scores)) {
      expect(scores[name as keyof typeof scores]).toBeCloseTo(value, 12)
    }
    expect(confusionMatrix(labels, probabilities)).toEqual(expected.confusion)
    expect(reliability(labels, probabilities).brierScore).toBeCloseTo(expected.brierScore, 12)
  })

  it('leaves out what one class does not tell', () => {
    expect(score([0, 0], [0.1, 0.2])).toEqual({ accuracy: 1, logLoss: expect.closeTo(0.16425203, 7) })
    expect(score([1, 1], [0.9, 0.2])).toEqual({
      accuracy: 0.5,
      f1: 2 / 3,
      logLoss: expect.closeTo(0.85739921, 7)
    })
  })

  it('does not let one wrong certainty cost infinitely much', () => {
    expect(score([1, 0], [0, 0]).logLoss).toBeCloseTo(-Math.log(Number.EPSILON) / 2, 10)
  })

  it('refuses what are no probabilities', () => {
    expect(() => score([1, 0], [0.5])).toThrow(ShapeError)
    expect(() => score([1, 0], [0.5, 1.5])).toThrow(InvalidOptionError)
    expect(() => score([1, 0], [Number.NaN, 1])).toThrow(
      'score: probabilities[0] expected a number from 0 to 1, got NaN'
    )
  })
})

describe('summarize', () => {
  it("knows Student's quantiles", () => {
    for (const [freedom, value] of Object.entries(golden.quantiles)) {
      expect(studentQuantile(Number(freedom))).toBeCloseTo(value, 9)
    }
  })

  it("gives Nadeau and Bengio's interval", () => {
    const scores = [0.6, 0.7, 0.8, 0.7].map(accuracy => ({ accuracy, logLoss: 1 - accuracy }))
    const { accuracy, logLoss, auc } = summarize(scores, 2)
    const deviation = Math.sqrt(0.02 / 3)
    const reach = 3.182446305284263 * deviation * Math.sqrt(1 / 4 + 1)
    expect(accuracy.mean).toBeCloseTo(0.7, 12)
    expect(accuracy.deviation).toBeCloseTo(deviation, 12)
    expect(accuracy.interval[0]).toBeCloseTo(0.7 - reach, 9)
    expect(accuracy.interval[1]).toBeCloseTo(Math.min(1, 0.7 + reach), 9)
    expect(logLoss.interval[0]).toBeCloseTo(Math.max(0, 0.3 - reach), 9)
    expect(auc).toBeUndefined()
  })

  it('counts the folds where a score has a value', () => {
    const scores = [{ auc: 0.5 }, {}, { auc: 0.7 }].map(each => ({ accuracy: 1, logLoss: 0, ...each }))
    expect(summarize(scores, 3).auc).toMatchObject({ folds: 2, mean: 0.6 })
  })

  it('refuses what has no deviation', () => {
    const scores = [{ accuracy: 1, logLoss: 0 }]
    expect(() => summarize(scores, 2)).toThrow(new ShapeError('summarize', 'scores', 'at least 2', 1))
    expect(() => summarize([...scores, ...scores], 1)).toThrow(InvalidOptionError)
  })
})

describe('reliability', () => {
  it('counts what came true in each bin', () => {
    const { bins, calibrationError } = reliability([1, 0, 1, 1, 0], [0.1, 0.1, 0.9, 1, 0.9], { bins: 5 })
    expect(bins).toMatchObject([
      { from: 0, to: 0.2, count: 2, meanProbability: 0.1, positiveRate: 0.5 },
      { from: 0.8, to: 1, count: 3, meanProbability: expect.closeTo(2.8 / 3, 12), positiveRate: 2 / 3 }
    ])
    expect(calibrationError).toBeCloseTo((2 * 0.4 + 3 * (2.8 / 3 - 2 / 3)) / 5, 12)
    // Wilson's interval of 1 in 2.
    expect(bins[0]?.interval[0]).toBeCloseTo(0.0945312, 6)
    expect(bins[0]?.interval[1]).toBeCloseTo(0.9054688, 6)
  })
})
