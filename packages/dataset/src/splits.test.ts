import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kFolds, splitByPiece } from './splits.js'

interface Item {
  readonly piece: string
  readonly label: number
  readonly name: number
}

const labelOf = (item: Item) => item.label
const pieceOf = (item: Item) => item.piece

/** Items of some pieces, each with mixed labels. */
const someItems = fc
  .array(
    fc.record({ piece: fc.integer({ min: 0, max: 12 }).map(String), label: fc.integer({ min: 0, max: 2 }) }),
    {
      minLength: 1,
      maxLength: 120
    }
  )
  .map(items => items.map((item, name): Item => ({ ...item, name })))

const seeds = fc.integer({ min: 0, max: 0xffffffff })
const pieces = (items: readonly Item[]) => new Set(items.map(pieceOf))
const countOf = (items: readonly Item[], label: number) => items.filter(item => item.label === label).length
const names = (items: readonly Item[]) => items.map(({ name }) => name)

describe('kFolds', () => {
  test('tests on every item once, and no piece is on both sides of a fold', () => {
    fc.assert(
      fc.property(someItems, fc.integer({ min: 2, max: 6 }), seeds, (items, k, seed) => {
        fc.pre(pieces(items).size >= k)
        const folds = kFolds(items, { k, seed, groupOf: pieceOf, labelOf })
        expect(folds).toHaveLength(k)
        expect(folds.flatMap(({ test }) => names(test)).sort((a, b) => a - b)).toEqual(names(items))
        for (const { train, test } of folds) {
          expect(test.length).toBeGreaterThan(0)
          expect([...pieces(test)].filter(piece => pieces(train).has(piece))).toEqual([])
          expect([...names(train), ...names(test)].sort((a, b) => a - b)).toEqual(names(items))
          expect(names(train)).toEqual(names(train).sort((a, b) => a - b))
        }
      })
    )
  })

  test('deals items that stand alone so that no two folds differ by more than one of a label', () => {
    fc.assert(
      fc.property(someItems, fc.integer({ min: 2, max: 6 }), seeds, (items, k, seed) => {
        fc.pre(items.length >= k)
        const folds = kFolds(items, { k, seed, labelOf })
        for (const label of [0, 1, 2]) {
          const counts = folds.map(({ test }) => countOf(test, label))
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        }
        const unlabelled = kFolds(items, { k, seed }).map(({ test }) => test.length)
        expect(Math.max(...unlabelled) - Math.min(...unlabelled)).toBeLessThanOrEqual(1)
      })
    )
  })

  test('keeps the label shares near the whole when pieces are small beside a fold', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 2, max: 10 }), (seed, k) => {
        // 95 pieces of 1 to 20 phrases, most of one sentiment, as in VGMIDI 0.1.
        const items = Array.from({ length: 95 }, (_, piece) =>
          Array.from({ length: 1 + ((piece * 7) % 20) }, (_, name): Item => {
            return { piece: String(piece), label: (piece + Number(name % 9 === 0)) % 3 === 0 ? 1 : 0, name }
          })
        ).flat()
        const whole = countOf(items, 1) / items.length
        for (const { test } of kFolds(items, { k, seed, groupOf: pieceOf, labelOf })) {
          expect(Math.abs(countOf(test, 1) / test.length - whole)).toBeLessThan(0.05)
          expect(Math.abs(test.length / items.length - 1 / k)).toBeLessThan(0.02)
        }
      }),
      { numRuns: 50 }
    )
  })

  test('is decided by the seed', () => {
    const items = Array.from({ length: 40 }, (_, name) => ({
      piece: String(name % 20),
      label: name % 2,
      name
    }))
    const tested = (seed: number) =>
      kFolds(items, { k: 4, seed, groupOf: pieceOf }).map(fold => names(fold.test))
    expect(tested(7)).toEqual(tested(7))
    expect(tested(7)).not.toEqual(tested(8))
  })

  test('takes items that are equal to each other', () => {
    expect(
      kFolds(['a', 'a', 'a', 'b'], { k: 2, seed: 1, labelOf: item => item }).map(({ test }) => test.length)
    ).toEqual([2, 2])
  })

  test.each([
    [{ k: 1, seed: 0 }, 'kFolds: k expected an integer ≥ 2, got 1'],
    [{ k: 2.5, seed: 0 }, 'kFolds: k expected an integer ≥ 2, got 2.5'],
    [{ k: 4, seed: 0 }, 'kFolds: k expected at most the number of groups, 3, got 4'],
    [{ k: 2, seed: -1 }, 'kFolds: seed expected an integer from 0 to 4294967295, got -1']
  ])('refuses %j', (options, message) => {
    expect(() => kFolds(['a', 'b', 'c'], options)).toThrow(message)
    expect(() => kFolds(['a', 'b', 'c'], options)).toThrow(InvalidOptionError)
  })
})

describe('splitByPiece', () => {
  test('puts every item on one side, no piece on both, and something on each', () => {
    fc.assert(
      fc.property(
        someItems,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        seeds,
        (items, share, seed) => {
          fc.pre(pieces(items).size >= 2)
          const { train, test } = splitByPiece(items, { test: share, seed, labelOf })
          expect([...names(train), ...names(test)].sort((a, b) => a - b)).toEqual(names(items))
          expect([...pieces(test)].filter(piece => pieces(train).has(piece))).toEqual([])
          expect(Math.min(train.length, test.length)).toBeGreaterThan(0)
        }
      )
    )
  })

  test('gives the test side its share of every label', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.1, 0.2, 0.5), (seed, share) => {
        const items = Array.from({ length: 400 }, (_, name) => {
          const piece = name % 100
          return { piece: String(piece), label: piece % 4 === 0 ? 1 : 0, name }
        })
        const { test } = splitByPiece(items, { test: share, seed, labelOf })
        expect(Math.abs(countOf(test, 1) - 100 * share)).toBeLessThanOrEqual(4)
        expect(Math.abs(countOf(test, 0) - 300 * share)).toBeLessThanOrEqual(4)
      })
    )
  })

  test('is decided by the seed', () => {
    const items = Array.from({ length: 40 }, (_, name) => ({ piece: String(name % 20), label: 0, name }))
    const tested = (seed: number) => names(splitByPiece(items, { test: 0.25, seed }).test)
    expect(tested(1)).toHaveLength(10)
    expect(tested(1)).toEqual(tested(1))
    expect(tested(1)).not.toEqual(tested(2))
  })

  test.each([
    [
      [{ piece: 'a' }, { piece: 'b' }],
      { test: 0, seed: 0 },
      'splitByPiece: test expected a share above 0 and below 1, got 0'
    ],
    [[{ piece: 'a' }, { piece: 'b' }], { test: Number.NaN, seed: 0 }, 'got NaN'],
    [
      [{ piece: 'a' }, { piece: 'b' }],
      { test: 0.5, seed: 0.5 },
      'splitByPiece: seed expected an integer from 0 to 4294967295, got 0.5'
    ],
    [
      [{ piece: 'a' }, { piece: 'a' }],
      { test: 0.5, seed: 0 },
      'splitByPiece: items expected at least 2 pieces, got 1'
    ]
  ])('refuses %j with %j', (items, options, message) => {
    expect(() => splitByPiece(items, options)).toThrow(message)
    expect(() => splitByPiece(items, options)).toThrow(InvalidOptionError)
  })
})
