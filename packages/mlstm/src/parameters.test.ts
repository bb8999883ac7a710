import { createRandom, InvalidOptionError, ShapeError } from '@vgm/base'
import { parameterCount, requireWeights } from '@vgm/nn'
import { describe, expect, test } from 'vitest'
import { parameterNames } from '../test/models.js'
import { initialWeights, parameterShapes } from './parameters.js'

const config = { vocabularySize: 225, embedding: 64, units: 512 }

test('the sizes of the model make its shapes and the number of its values', () => {
  expect(parameterShapes(config)).toEqual({
    embedding: [225, 64],
    wx: [64, 2048],
    wmx: [64, 512],
    wmh: [512, 512],
    wm: [512, 2048],
    b: [2048],
    wo: [512, 225],
    bo: [225]
  })
  expect(parameterCount(parameterShapes(config))).toBe(1_606_433)
  for (const name of ['vocabularySize', 'embedding', 'units'] as const) {
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => parameterShapes({ ...config, [name]: size })).toThrow(`config.${name} expected an integer`)
    }
  }
  expect(() => parameterShapes({ ...config, vocabularySize: 65_537 })).toThrow(InvalidOptionError)
})

describe('initialWeights', () => {
  const small = { vocabularySize: 50, embedding: 16, units: 40 }
  const weights = initialWeights(small, createRandom(3))

  test('are uniform within the bound of their matrix', () => {
    const shapes = parameterShapes(small)
    for (const name of parameterNames) {
      if (name === 'b' || name === 'bo') continue
      const bound = name === 'embedding' ? 1 : Math.sqrt(3 / shapes[name][0]!)
      const values = [...weights[name]]
      expect(Math.max(...values.map(Math.abs)), name).toBeLessThanOrEqual(bound)
      const mean = values.reduce((total, value) => total + value, 0) / values.length
      const variance = values.reduce((total, value) => total + value ** 2, 0) / values.length
      expect(Math.abs(mean), name).toBeLessThan((4 * bound) / Math.sqrt(3 * values.length))
      expect(variance / (bound ** 2 / 3), name).toBeGreaterThan(0.85)
      expect(variance / (bound ** 2 / 3), name).toBeLessThan(1.15)
    }
  })

  test('have biases 0, but 1 at the forget gate, the second of four', () => {
    expect([...weights.bo]).toEqual(new Array(50).fill(0))
    const gate = (value: number) => new Array<number>(40).fill(value)
    expect([...weights.b]).toEqual([...gate(0), ...gate(1), ...gate(0), ...gate(0)])
  })

  test('come from the seed alone', () => {
    expect(initialWeights(small, createRandom(3))).toEqual(weights)
    expect(initialWeights(small, createRandom(4)).wx).not.toEqual(weights.wx)
  })
})

test('weights are checked against the sizes, by name', () => {
  const small = { vocabularySize: 3, embedding: 2, units: 2 }
  const weights = initialWeights(small, createRandom(0))
  const lengths = Object.values(requireWeights(weights, parameterShapes(small))).map(({ length }) => length)
  expect(lengths).toEqual([6, 16, 4, 4, 16, 8, 6, 3])
  const attempt = () => requireWeights({ ...weights, wmh: new Float32Array(5) }, parameterShapes(small))
  expect(attempt).toThrow(ShapeError)
  expect(attempt).toThrow('weights.wmh expected 4 values, got 5')
  const { bo, ...missing } = weights
  expect(() => requireWeights(missing, parameterShapes(small))).toThrow(
    `weights.bo expected ${bo.length} values, got none`
  )
})
