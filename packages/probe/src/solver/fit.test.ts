import { describe, expect, it } from 'vitest'
import { objectiveOf, readGolden } from '../../test/golden.js'
import {
  fit,
  InvalidFeatureError,
  InvalidLabelError,
  InvalidOptionError,
  OneClassError,
  path,
  ShapeError
} from '../index.js'
import type { Matrix } from '../types.js'

const [plain, correlated] = readGolden() as [
  ReturnType<typeof readGolden>[0],
  ReturnType<typeof readGolden>[0]
]
const small: Matrix = { data: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7), rows: 4, columns: 2 }

function twice({ data, rows, columns }: Matrix): Matrix {
  return { data: Float64Array.from([...data, ...data]), rows: 2 * rows, columns }
}

describe('fit', () => {
  it('gives zeros and the log odds where C is next to nothing', () => {
    const probe = fit(plain.features, plain.labels, { C: 1e-6 })
    const positives = plain.labels.filter(label => label === 1).length
    expect([...probe.weights].every(weight => weight === 0)).toBe(true)
    expect(probe.intercept).toBeCloseTo(Math.log(positives / (plain.labels.length - positives)), 12)
  })

  it('takes every example twice for double the C', () => {
    for (const penalty of ['l1', 'l2', 'elastic-net'] as const) {
      const once = fit(plain.features, plain.labels, { penalty, C: 0.8, tolerance: 1e-11 })
      const doubled = fit(twice(plain.features), [...plain.labels, ...plain.labels], {
        penalty,
        C: 0.4,
        tolerance: 1e-11
      })
      doubled.weights.forEach((weight, j) => {
        expect(weight).toBeCloseTo(once.weights[j]!, 5)
      })
      expect(doubled.intercept).toBeCloseTo(once.intercept, 5)
    }
  })

  it('mirrors the weights where the labels are swapped', () => {
    const probe = fit(plain.features, plain.labels)
    const mirrored = fit(
      plain.features,
      plain.labels.map(label => -label)
    )
    mirrored.weights.forEach((weight, j) => {
      expect(weight).toBeCloseTo(-probe.weights[j]!, 6)
    })
  })

  it('reads labels of 1 and 0 as of 1 and -1, and float32 as float64', () => {
    const { features, labels } = correlated
    const single = { ...features, data: Float32Array.from(features.data) }
    const probe = fit(single, labels)
    expect(
      fit(
        single,
        labels.map(label => (label === 1 ? 1 : 0))
      )
    ).toEqual(probe)
    expect(fit({ ...single, data: Float64Array.from(single.data) }, labels)).toEqual(probe)
  })

  it('bounds by its gap how much better any probe could be', () => {
    const { features, labels } = correlated
    const exact = fit(features, labels, { tolerance: 1e-12 })
    const settings = { C: 1, l1Ratio: 1, penalizeIntercept: false }
    const least = objectiveOf(features, labels, exact, settings)
    for (const maxIterations of [1, 2, 3, 4, 5]) {
      const early = fit(features, labels, { maxIterations, tolerance: 1e-12 })
      const excess = (objectiveOf(features, labels, early, settings) - least) / (features.rows * Math.LN2)
      expect(early.gap).toBeGreaterThanOrEqual(excess)
      expect(early.gap).toBeGreaterThan(0)
      expect(early.iterations).toBe(maxIterations)
      expect(early.converged).toBe(false)
    }
  })

  it('starts from a probe that is there, and is done at once where it is the solution', () => {
    for (const standardize of [false, true]) {
      const probe = fit(plain.features, plain.labels, { standardize })
      const again = fit(plain.features, plain.labels, { standardize, initial: probe })
      expect(again.iterations).toBe(0)
      again.weights.forEach((weight, j) => {
        expect(weight).toBeCloseTo(probe.weights[j]!, 12)
      })
    }
  })

  it('does not mind the scale of the columns when it standardises', () => {
    const { features, labels } = plain
    const scaled = {
      ...features,
      data: features.data.map((value, at) => (at % 12 === 3 ? 1000 * value - 5e4 : value))
    }
    const probe = fit(features, labels, { standardize: true })
    const other = fit(scaled, labels, { standardize: true })
    other.weights.forEach((weight, j) => {
      expect(weight).toBeCloseTo(probe.weights[j]! / (j === 3 ? 1000 : 1), 8)
    })
    expect(other.intercept).toBeCloseTo(probe.intercept + 50 * probe.weights[3]!, 5)
  })

  it('gives a column without variation no weight', () => {
    const { features, labels } = plain
    const data = features.data.map((value, at) => (at % 12 === 5 ? 0.1 : value))
    for (const standardize of [false, true]) {
      const probe = fit({ ...features, data }, labels, { standardize, C: 10 })
      expect(probe.weights[5]).toBe(0)
      expect(probe.converged).toBe(true)
    }
  })

  it('converges where the classes can be told apart and C is large', () => {
    const probe = fit({ data: Float64Array.of(-2, -1, 1, 2), rows: 4, columns: 1 }, [-1, -1, 1, 1], {
      C: 1e4
    })
    expect(probe.converged).toBe(true)
    expect(probe.weights[0]).toBeGreaterThan(5)
  })

  it.each([
    [
      () => fit({ ...small, rows: 3 }, [1, -1, 1]),
      ShapeError,
      'fit: features expected 3 × 2 = 6 values, got 8'
    ],
    [() => fit(small, [1, -1, 1]), ShapeError, 'fit: labels expected 4, got 3'],
    [
      () => fit({ ...small, data: Float64Array.of(0, 1, 2, Number.NaN, 4, 5, 6, 7) }, [1, -1, 1, -1]),
      InvalidFeatureError,
      'fit: features[1, 1] expected a finite number, got NaN'
    ],
    [() => fit(small, [1, -1, 0, 1]), InvalidLabelError, 'fit: labels[2] expected 1 or -1, got 0'],
    [() => fit(small, [1, 2, 0, 1]), InvalidLabelError, 'fit: labels[1] expected 1, -1 or 0, got 2'],
    [
      () => fit(small, [1, 1, 1, 1]),
      OneClassError,
      'fit: labels expected both classes, got 4 positive and 0 negative'
    ],
    [() => fit(small, [1, 1, 0, 1], { C: 0 }), InvalidOptionError, 'fit: C expected a number above 0, got 0'],
    [
      () => fit(small, [1, 1, 0, 1], { l1Ratio: 0.5 }),
      InvalidOptionError,
      'fit: l1Ratio expected nothing with penalty l1, got 0.5'
    ],
    [
      () => fit(small, [1, 1, 0, 1], { tolerance: 0 }),
      InvalidOptionError,
      'fit: tolerance expected a number from 1e-12 to 1, got 0'
    ],
    [
      () => fit(small, [1, 1, 0, 1], { initial: fit(plain.features, plain.labels) }),
      ShapeError,
      'fit: initial.weights expected 2, got 12'
    ],
    [
      () => path(small, [1, 1, 0, 1], { Cs: [] }),
      InvalidOptionError,
      'path: Cs expected at least one number, got []'
    ],
    [
      () => path(small, [1, 1, 0, 1], { Cs: [1, -1] }),
      InvalidOptionError,
      'path: Cs[1] expected a number above 0, got -1'
    ]
  ])('refuses what it cannot use (%#)', (act, type, message) => {
    expect(act).toThrow(type)
    expect(act).toThrow(message)
  })
})
