import { describe, expect, test } from 'vitest'
import { drawMasks, maskSpecs, noDropout } from './dropout.js'

const config = { vocabularySize: 9, embedding: 40, units: 500 }
const rates = { embeddingDropout: 0, recurrentDropout: 0.25, outputDropout: 0.5 }

describe('dropout masks', () => {
  test('leave out the given share, and make up for it in what is left', () => {
    const [recurrent, output] = drawMasks(rates, config, 8, { seed: 1, step: 3 }) as [
      Float32Array,
      Float32Array
    ]
    for (const [mask, rate] of [
      [recurrent, 0.25],
      [output, 0.5]
    ] as const) {
      expect([...new Set(mask)].sort()).toEqual([0, Math.fround(1 / (1 - rate))])
      const share = mask.filter(value => value === 0).length / mask.length
      expect(Math.abs(share - rate)).toBeLessThan(0.03) // 4,000 draws: 4 standard deviations
    }
  })

  test('are those of their seed and step, so that a resumed run draws the same', () => {
    const at = (seed: number, step: number) => drawMasks(rates, config, 2, { seed, step })
    expect(at(1, 3)).toEqual(at(1, 3))
    expect(at(1, 4)).not.toEqual(at(1, 3))
    expect(at(2, 3)).not.toEqual(at(1, 3))
  })

  test('there are none where nothing is left out', () => {
    expect(maskSpecs(noDropout, config, 2)).toEqual([])
    expect(maskSpecs(rates, config, 2).map(({ shape }) => shape)).toEqual([
      [2, 500],
      [2, 500]
    ])
  })
})
