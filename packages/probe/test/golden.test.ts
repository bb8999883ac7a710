import { describe, expect, it } from 'vitest'
import { fit, path, predict, probabilities } from '../src/index.js'
import { objectiveOf, readGolden } from './golden.js'

/** Where several solutions are equally good, only what they have in common can be compared. */
const ambiguous = ['collinear']

const used = (weights: ArrayLike<number>) =>
  Array.from(weights, (weight, j) => (Math.abs(weight) > 1e-9 ? j : -1)).filter(j => j >= 0)

describe.each(readGolden())('as scikit-learn on $name', ({ name, features, labels, fits }) => {
  const cases = fits.map(golden => ({
    golden,
    what: `${golden.penalty}, C ${golden.C}${golden.penalizeIntercept ? ', penalised intercept' : ''}`
  }))

  it.each(cases)('$what', ({ golden }) => {
    const { penalty, l1Ratio, C, penalizeIntercept } = golden
    const mixed = penalty === 'elastic-net' ? { l1Ratio } : {}
    const probe = fit(features, labels, { penalty, C, penalizeIntercept, ...mixed })
    expect(probe.converged).toBe(true)
    expect(Math.abs(objectiveOf(features, labels, probe, golden) / golden.objective - 1)).toBeLessThan(1e-6)
    probabilities(probe, features).forEach((probability, i) => {
      expect(Math.abs(probability - golden.probabilities[i]!)).toBeLessThan(1e-3)
    })
    expect([...predict(probe, features)].map(positive => (positive === 1 ? 1 : -1))).toEqual(
      golden.predictions
    )
    if (ambiguous.includes(name) && penalty === 'l1') return
    if (penalty !== 'l2') expect(used(probe.weights)).toEqual(used(golden.weights))
    expect(Math.abs(probe.intercept - golden.intercept)).toBeLessThan(1e-3)
    probe.weights.forEach((weight, j) => {
      expect(Math.abs(weight - golden.weights[j]!)).toBeLessThan(1e-3)
    })
  })

  it('along a path', () => {
    const goldens = fits.filter(golden => golden.penalty === 'l1' && golden.penalizeIntercept)
    const Cs = goldens.map(golden => golden.C).reverse()
    const probes = path(features, labels, { Cs, penalizeIntercept: true })
    expect(probes.map(probe => probe.C)).toEqual(Cs)
    probes.reverse().forEach((probe, c) => {
      const golden = goldens[c]!
      expect(Math.abs(objectiveOf(features, labels, probe, golden) / golden.objective - 1)).toBeLessThan(1e-6)
    })
  })
})
