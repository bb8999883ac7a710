import { describe, expect, it } from 'vitest'
import {
  fitStandardizer,
  InvalidFeatureError,
  joinColumns,
  type Matrix,
  neuronsOf,
  ShapeError,
  standardize
} from './index.js'

const states: Matrix = { data: Float32Array.of(1, 2, 3, 4), rows: 2, columns: 2 }
const descriptors: Matrix = { data: Float64Array.of(0.1, 0.2), rows: 2, columns: 1 }

describe('joinColumns', () => {
  it('puts the columns side by side, without losing digits', () => {
    const joined = joinColumns(states, descriptors)
    expect(joined).toEqual({ data: Float64Array.of(1, 2, 0.1, 3, 4, 0.2), rows: 2, columns: 3 })
    expect(joinColumns(states, states).data).toBeInstanceOf(Float32Array)
  })

  it('refuses matrices of different lengths, and values that are not finite', () => {
    expect(() => joinColumns(states, { data: Float64Array.of(1), rows: 1, columns: 1 })).toThrow(
      'joinColumns: rows of b expected 2, got 1'
    )
    const broken = { ...descriptors, data: Float64Array.of(0, Number.POSITIVE_INFINITY) }
    expect(() => joinColumns(states, broken)).toThrow(InvalidFeatureError)
  })
})

describe('standardize', () => {
  it('takes columns to mean 0 and deviation 1, and leaves constant ones at 0', () => {
    const features = { data: Float64Array.of(1, 7.1, 5, 7.1, 3, 7.1), rows: 3, columns: 2 }
    const standardizer = fitStandardizer(features)
    expect([...standardizer.means]).toEqual([3, 7.1])
    expect(standardizer.deviations[0]).toBeCloseTo(Math.sqrt(8 / 3), 12)
    expect(standardizer.deviations[1]).toBe(1)
    const { data } = standardize(features, standardizer)
    const expected = [-Math.sqrt(1.5), 0, Math.sqrt(1.5), 0, 0, 0]
    data.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at]!, 12)
    })
    expect(() => standardize(states, fitStandardizer(descriptors))).toThrow(ShapeError)
  })
})

describe('neuronsOf', () => {
  it('lists what is used, the heaviest first', () => {
    const probe = { weights: Float64Array.of(0, 0.5, 0, -2) }
    expect(neuronsOf(probe)).toEqual([
      { neuron: 3, weight: -2 },
      { neuron: 1, weight: 0.5 }
    ])
    expect(neuronsOf(probe, ['a', 'b', 'c', 'd'])[0]).toEqual({ neuron: 3, weight: -2, name: 'd' })
    expect(() => neuronsOf(probe, ['a'])).toThrow('neuronsOf: names expected 4, got 1')
  })
})
