import { createRandom } from '@vgm/base'
import { describe, expect, it } from 'vitest'
import { dealGroups } from '../index.js'

/** How many items of a label each part has. */
function countsOf(parts: Int32Array, labels: readonly string[], label: string, count: number): number[] {
  return Array.from(
    { length: count },
    (_, part) => labels.filter((l, i) => l === label && parts[i] === part).length
  )
}

// 100 pieces of four phrases: 25 calm, 75 tense.
const groups = Array.from({ length: 400 }, (_, i) => i % 100)
const labels = groups.map(piece => (piece % 4 === 0 ? 'calm' : 'tense'))

describe('dealGroups', () => {
  it('gives every part its share of every label, groups whole', () => {
    const parts = dealGroups(labels, { shares: [0.6, 0.2, 0.2], groups, random: createRandom(1) })
    expect(countsOf(parts, labels, 'calm', 3)).toEqual([60, 20, 20])
    expect(countsOf(parts, labels, 'tense', 3)).toEqual([180, 60, 60])
    for (const [i, piece] of groups.entries()) expect(parts[i]).toBe(parts[piece])
  })

  it('leaves no part empty, however small its share', () => {
    const parts = dealGroups(labels, { shares: [0.0001, 0.9999], groups, random: createRandom(1) })
    expect(parts.filter(part => part === 0)).toHaveLength(4)
  })

  it('deals the largest groups first, or leaves the order within a power of two to chance', () => {
    const sizes = [8, 9, 10, 11, 12, 13, 14, 15]
    const pieces = sizes.flatMap(size => new Array<number>(size).fill(size))
    const deal = (seed: number, order: 'size' | 'magnitude') =>
      dealGroups(
        pieces.map(() => 0),
        { shares: [0.5, 0.5], groups: pieces, order, random: createRandom(seed) }
      ).join('')
    const seeds = [0, 1, 2, 3, 4, 5]
    expect(new Set(seeds.map(seed => deal(seed, 'size'))).size).toBe(1)
    expect(new Set(seeds.map(seed => deal(seed, 'magnitude'))).size).toBeGreaterThan(3)
    expect(deal(0, 'size').replaceAll('1', '')).toHaveLength(46)
  })
})
