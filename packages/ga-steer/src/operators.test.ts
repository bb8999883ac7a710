import { createRandom } from '@vgm/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  averageCrossover,
  InvalidOptionError,
  resetMutation,
  rouletteSelection,
  tournamentSelection,
  uniformGenes
} from './index.js'

const draws = 20_000

/** How often each index is chosen, as shares. */
function sharesOf(choose: () => number, count: number): number[] {
  const counts = new Array<number>(count).fill(0)
  for (let draw = 0; draw < draws; draw++) counts[choose()]! += 1
  return counts.map(times => times / draws)
}

function expectShares(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  // Four standard deviations of a share of so many draws are less than this.
  for (const [index, share] of found.entries()) expect(Math.abs(share - expected[index]!)).toBeLessThan(0.015)
}

describe('uniformGenes', () => {
  test('fills the range evenly: mean, variance and quarters of the uniform distribution', () => {
    const genes = uniformGenes({ min: -2, max: 2 })(draws, createRandom(1))
    const mean = genes.reduce((total, gene) => total + gene, 0) / draws
    const variance = genes.reduce((total, gene) => total + (gene - mean) ** 2, 0) / draws
    expect(mean).toBeCloseTo(0, 1)
    expect(variance).toBeCloseTo(16 / 12, 1)
    expectShares(
      [-2, -1, 0, 1].map(from => genes.filter(gene => gene >= from && gene < from + 1).length / draws),
      [0.25, 0.25, 0.25, 0.25]
    )
  })

  test('refuses a range that is none', () => {
    expect(() => uniformGenes({ min: 1, max: -1 })).toThrow(InvalidOptionError)
    expect(() => uniformGenes({ min: Number.NaN, max: 1 })).toThrow(InvalidOptionError)
  })
})

describe('rouletteSelection', () => {
  test('chooses in proportion to the distance from the worst', () => {
    const select = rouletteSelection()(Float64Array.of(0.9, 0.6, 0.1, 0.5), createRandom(2))
    expectShares(sharesOf(select, 4), [0, 0.3 / 1.5, 0.8 / 1.5, 0.4 / 1.5])
  })

  test('chooses all alike where all are equally good', () => {
    expectShares(sharesOf(rouletteSelection()(Float64Array.of(3, 3, 3), createRandom(3)), 3), [
      1 / 3,
      1 / 3,
      1 / 3
    ])
  })

  test('gives an index whatever the fitness', () => {
    const fitness = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
      minLength: 1
    })
    fc.assert(
      fc.property(fitness, fc.nat(), (values, seed) => {
        const choose = rouletteSelection()(Float64Array.from(values), createRandom(seed))
        for (let draw = 0; draw < 20; draw++) {
          const index = choose()
          expect(Number.isInteger(index) && index >= 0 && index < values.length).toBe(true)
        }
      })
    )
  })
})

describe('tournamentSelection', () => {
  test('of two picked at random the better wins', () => {
    const select = tournamentSelection(2)(Float64Array.of(3, 1, 2), createRandom(4))
    expectShares(sharesOf(select, 3), [1 / 9, 5 / 9, 3 / 9])
  })

  test('refuses an empty tournament', () => {
    expect(() => tournamentSelection(0)).toThrow('size expected an integer ≥ 1, got 0')
  })
})

describe('averageCrossover', () => {
  const [mother, father] = [Float32Array.of(0, 1), Float32Array.of(1, 3)]

  test('takes the means at its rate, and else copies the first', () => {
    const cross = averageCrossover({ rate: 0.7 })
    const random = createRandom(5)
    const children = Array.from({ length: draws }, () => cross(mother, father, random))
    const means = children.filter(([first, second]) => first === 0.5 && second === 2).length
    const copies = children.filter(([first, second]) => first === 0 && second === 1).length
    expectShares([means / draws, copies / draws], [0.7, 0.3])
    expect(means + copies).toBe(draws)
  })

  test('leaves the parents as they are', () => {
    const child = averageCrossover({ rate: 0 })(mother, father, createRandom(6))
    child[0] = 9
    expect([...mother, ...father]).toEqual([0, 1, 1, 3])
  })

  test('refuses a rate that is none', () => {
    expect(() => averageCrossover({ rate: 1.1 })).toThrow(
      'averageCrossover: rate expected a number from 0 to 1, got 1.1'
    )
  })
})

describe('resetMutation', () => {
  test('draws genes anew at its rate, evenly from its range', () => {
    const child = new Float32Array(draws).fill(7)
    resetMutation({ rate: 0.3, range: { min: 0, max: 4 } })(child, createRandom(7))
    const changed = child.filter(gene => gene !== 7)
    expectShares([changed.length / draws], [0.3])
    const quarter = (from: number) => changed.filter(gene => gene >= from && gene < from + 1).length
    for (const from of [0, 1, 2, 3]) expect(quarter(from) / changed.length).toBeCloseTo(0.25, 1)
  })

  test('does nothing at rate 0, and draws every gene at rate 1', () => {
    const genes = Float32Array.of(7, 7, 7)
    resetMutation({ rate: 0 })(genes, createRandom(8))
    expect([...genes]).toEqual([7, 7, 7])
    resetMutation({ rate: 1 })(genes, createRandom(8))
    expect(genes.every(gene => gene >= -2 && gene < 2)).toBe(true)
  })
})
