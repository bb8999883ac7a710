import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fit, type Matrix, probabilities } from '../src/index.js'

const examples = fc
  .record({ rows: fc.integer({ min: 4, max: 30 }), columns: fc.integer({ min: 1, max: 20 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      features: fc
        .array(fc.integer({ min: -30, max: 30 }), { minLength: rows * columns, maxLength: rows * columns })
        .map((values): Matrix => ({ data: Float64Array.from(values, value => value / 10), rows, columns })),
      labels: fc
        .array(fc.constantFrom(-1, 1), { minLength: rows - 2, maxLength: rows - 2 })
        .map(labels => [1, -1, ...labels])
    })
  )

it('leaves no weight a slope to go down: the conditions of Karush, Kuhn and Tucker', () => {
  fc.assert(
    fc.property(
      examples,
      fc.constantFrom('l1', 'l2', 'elastic-net'),
      fc.constantFrom(0.05, 0.5, 5),
      fc.boolean(),
      ({ features, labels }, penalty, C, penalizeIntercept) => {
        const probe = fit(features, labels, { penalty, C, penalizeIntercept, tolerance: 1e-11 })
        expect(probe.converged).toBe(true)
        const misses = probabilities(probe, features).map((p, i) => C * (p - (labels[i] === 1 ? 1 : 0)))
        const slopes = Array.from({ length: features.columns }, (_, j) =>
          misses.reduce((sum, miss, i) => sum + miss * features.data[i * features.columns + j]!, 0)
        )
        const weights = [...probe.weights]
        const interceptSlope = misses.reduce((sum, miss) => sum + miss, 0)
        if (penalizeIntercept) {
          slopes.push(interceptSlope)
          weights.push(probe.intercept)
        } else expect(Math.abs(interceptSlope)).toBeLessThan(1e-3)
        const { l1Ratio } = probe
        weights.forEach((weight, j) => {
          const slope = slopes[j]! + (1 - l1Ratio) * weight
          if (weight === 0) expect(Math.abs(slope)).toBeLessThan(l1Ratio + 1e-3)
          else expect(Math.abs(slope + l1Ratio * Math.sign(weight))).toBeLessThan(1e-3)
        })
      }
    ),
    { seed: 1, numRuns: 150 }
  )
})
