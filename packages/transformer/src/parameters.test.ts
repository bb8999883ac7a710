import { createRandom } from '@vgm/base'
import { parameterCount } from '@vgm/nn'
import { describe, expect, test } from 'vitest'
import { initialWeights, parameterShapes } from './parameters.js'

const config = { vocabularySize: 225, width: 16, heads: 4, layers: 2, context: 64, controls: [5, 2] }

describe('parameterShapes', () => {
  test('gives a layer its matrices and gains, and a table of what is told if anything is', () => {
    const { embedding, told, gain, ...layers } = parameterShapes(config)
    expect({ embedding, told, gain }).toEqual({ embedding: [225, 16], told: [7, 16], gain: [16] })
    const layer = {
      told: [7, 16],
      gain: [16],
      heads: [16, 48],
      attended: [16, 16],
      feedGain: [16],
      expand: [16, 64],
      contract: [64, 16]
    }
    const named = (l: number) =>
      Object.fromEntries(Object.entries(layer).map(([k, v]) => [`layer${l}.${k}`, v]))
    expect(layers).toEqual({ ...named(0), ...named(1) })
    const untold = Object.keys(parameterShapes({ ...config, controls: [] }))
    expect(untold).toEqual(Object.keys(parameterShapes(config)).filter(name => !name.endsWith('told')))
  })

  test.each([
    [{ vocabularySize: 0 }, 'config.vocabularySize expected an integer from 1 to 65536, got 0'],
    [{ vocabularySize: 65_537 }, 'config.vocabularySize expected an integer from 1 to 65536, got 65537'],
    [{ layers: 0 }, 'config.layers expected an integer ≥ 1, got 0'],
    [{ context: 1.5 }, 'config.context expected an integer ≥ 1, got 1.5'],
    [{ heads: 3 }, 'config.heads expected an even number, got 3'],
    [{ heads: 0 }, 'config.heads expected an integer ≥ 2, got 0'],
    [{ width: 12 }, 'config.width expected a multiple of 8, got 12'],
    [{ width: 0 }, 'config.width expected a multiple of 8, got 0'],
    [{ controls: [5, 0] }, 'config.controls[1] expected an integer ≥ 1, got 0']
  ])('refuses %j', (change, message) => {
    expect(() => parameterShapes({ ...config, ...change })).toThrow(`transformer: ${message}`)
  })
})

test('fresh matrices spread by 0.02, sums of several by less; the attention is told nothing; gains are 1', () => {
  const { gain, ...weights } = initialWeights({ ...config, width: 64 }, createRandom(1))
  expect(new Set(gain)).toEqual(new Set([1]))
  for (const [name, values] of Object.entries(weights)) {
    if (/gain$/i.test(name)) continue
    if (name.endsWith('.told')) {
      expect(new Set(values)).toEqual(new Set([0]))
      continue
    }
    const addends = /attended|contract/.test(name) ? 4 : name === 'told' ? 2 : 1
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
    expect((deviation * Math.sqrt(addends)) / 0.02, name).toBeCloseTo(1, 1)
  }
  expect(parameterCount(parameterShapes({ ...config, width: 64 }))).toBe(
    225 * 64 + 7 * 64 + 64 + 2 * (7 * 64 + 2 * 64 + 12 * 64 * 64)
  )
})
