import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidOptionError } from './errors.js'
import { createRandom, createStreams, permutation, type Random, restoreRandom, shuffle } from './random.js'

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next())

function chiSquare(bins: readonly number[]): number {
  const expected = bins.reduce((total, count) => total + count, 0) / bins.length
  return bins.reduce((total, count) => total + (count - expected) ** 2 / expected, 0)
}

function histogram(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) counts[Math.floor(value * bins)]!++
  return counts
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const covariance = a.reduce((total, value, k) => total + (value - 0.5) * (b[k]! - 0.5), 0) / a.length
  return covariance * 12 // the variance of a uniform number is 1/12
}

describe('createRandom', () => {
  test('gives the same numbers for the same seed, and others for every other', () => {
    expect(take(createRandom(7), 5)).toEqual(take(createRandom(7), 5))
    const seeds = [0, 1, 2, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]
    expect(new Set(seeds.map(seed => createRandom(seed).next())).size).toBe(seeds.length)
  })

  test('is uniform along a sequence, and across neighbouring seeds (χ² of 9 degrees, p < 1e-4)', () => {
    const along = take(createRandom(1), 10_000)
    expect(Math.min(...along)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...along)).toBeLessThan(1)
    expect(chiSquare(histogram(along, 10))).toBeLessThan(33.7)
    const across = Array.from({ length: 10_000 }, (_, seed) => createRandom(seed).next())
    expect(chiSquare(histogram(across, 10))).toBeLessThan(33.7)
  })

  test('below gives every integer of its range as often (χ² of 6 degrees, p < 1e-4)', () => {
    const random = createRandom(2)
    const counts = new Array<number>(7).fill(0)
    for (let k = 0; k < 7000; k++) counts[random.below(7)]!++
    expect(chiSquare(counts)).toBeLessThan(27.9)
    expect(random.below(1)).toBe(0)
  })

  test('refuses what is no seed', () => {
    for (const seed of [-1, 2 ** 32, 0.5, Number.NaN])
      expect(() => createRandom(seed)).toThrow(InvalidOptionError)
  })
})

test('a generator restored from its state, through JSON, goes on as if it had not stopped', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(50), (seed, count) => {
      const random = createRandom(seed)
      take(random, count)
      const restored = restoreRandom(JSON.parse(JSON.stringify(random.state())) as number[])
      expect(take(restored, 20)).toEqual(take(random, 20))
      expect(restored.state()).toEqual(random.state())
    }),
    { seed: 1 }
  )
})

describe('createStreams', () => {
  test('stream i is the same however many there are; stream 0 is the generator of the seed', () => {
    const numbers = (count: number) => createStreams(3, count).map(stream => take(stream, 10))
    expect(numbers(5).slice(0, 2)).toEqual(numbers(2))
    expect(numbers(1)[0]).toEqual(take(createRandom(3), 10))
    expect(createStreams(3, 2, 3).map(stream => take(stream, 10))).toEqual(numbers(5).slice(3))
  })

  test('streams do not disturb each other and are not alike (|correlation| < 0.1 over 2,000 numbers)', () => {
    const [first, second] = createStreams(3, 2) as [Random, Random]
    take(second, 100)
    expect(take(first, 5)).toEqual(take(createStreams(3, 1)[0]!, 5))
    const streams = createStreams(3, 6).map(stream => take(stream, 2000))
    expect(new Set(streams.flat()).size).toBe(12_000)
    for (const [i, a] of streams.entries()) {
      for (const b of streams.slice(0, i)) expect(Math.abs(correlation(a, b))).toBeLessThan(0.1)
    }
  })
})

describe('permutation', () => {
  test('has every index once', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(), (count, seed) => {
        const order = permutation(count, createRandom(seed))
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k))
      }),
      { seed: 1 }
    )
  })

  test('has every order as often (χ² of 23 degrees, p < 1e-4)', () => {
    const random = createRandom(4)
    const counts = new Map<string, number>()
    for (let k = 0; k < 12_000; k++) {
      const order = permutation(4, random).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(24)
    expect(chiSquare([...counts.values()])).toBeLessThan(56)
  })
})

describe('fork', () => {
  test('depends on the seed and the path alone, not on what was drawn', () => {
    const random = createRandom(5)
    const before = take(random.fork('weights'), 5)
    take(random, 100)
    random.fork('dropout')
    expect(take(random.fork('weights'), 5)).toEqual(before)
    expect(take(createRandom(5).fork('weights'), 5)).toEqual(before)
  })

  test('gives every purpose, path and seed other numbers', () => {
    const random = createRandom(5)
    const firsts = [
      random,
      createRandom(6).fork('weights'),
      random.fork('weights'),
      random.fork('dropout'),
      random.fork('weights').fork('dropout'),
      random.fork('weights/dropout'),
      random.fork(1),
      random.fork(2),
      random.fork(1).fork(2),
      random.fork(12)
    ].map(generator => generator.next())
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  test('forks are uniform across their names, and neighbours are not alike (|correlation| < 0.1)', () => {
    const random = createRandom(1)
    const across = Array.from({ length: 10_000 }, (_, index) => random.fork(index).next())
    expect(chiSquare(histogram(across, 10))).toBeLessThan(33.7)
    const [a, b] = [take(random.fork(0), 2000), take(random.fork(1), 2000)]
    expect(Math.abs(correlation(a, b))).toBeLessThan(0.1)
  })

  test('the numbers of a fork never change between releases', () => {
    expect(Array.from({ length: 4 }, (_, k) => createRandom(7).fork('weights').fork(k).below(1000))).toEqual([
      604, 401, 978, 147
    ])
  })
})

test('shuffle orders any indexed values in place', () => {
  const values = Uint8Array.of(1, 2, 3, 4, 5)
  expect(shuffle(values, createRandom(1))).toBe(values)
  expect([...values].sort()).toEqual([1, 2, 3, 4, 5])
  const order = permutation(5, createRandom(1)).map(index => index + 1)
  expect([...values]).toEqual(order)
})
