import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FoldsError, makeFolds, ShapeError } from '../index.js'

const labels = Array.from({ length: 100 }, (_, i) => (i % 10 < 7 ? 1 : -1))

function countBy(folds: Int32Array, fold: number, label?: number): number {
  return labels.filter((each, i) => folds[i] === fold && (label === undefined || each === label)).length
}

describe('makeFolds', () => {
  it('gives every fold its share of each class', () => {
    const folds = makeFolds(labels, { folds: 10, seed: 3 })
    for (let fold = 0; fold < 10; fold++) {
      expect(countBy(folds, fold, 1)).toBe(7)
      expect(countBy(folds, fold, -1)).toBe(3)
    }
  })

  it('gives folds of one size, and no more, when not stratified', () => {
    const folds = makeFolds(labels, { folds: 10, stratified: false, seed: 3 })
    const positives = Array.from({ length: 10 }, (_, fold) => countBy(folds, fold, 1))
    expect(Array.from({ length: 10 }, (_, fold) => countBy(folds, fold))).toEqual(new Array(10).fill(10))
    expect(new Set(positives).size).toBeGreaterThan(1)
  })

  it('gives the same folds for the same seed and repeat, others for others', () => {
    const folds = makeFolds(labels, { seed: 5 })
    expect(makeFolds(labels, { seed: 5 })).toEqual(folds)
    expect(makeFolds(labels, { seed: 6 })).not.toEqual(folds)
    expect(makeFolds(labels, { seed: 5, repeat: 1 })).not.toEqual(folds)
  })

  it('deals groups of different sizes differently from repeat to repeat', () => {
    const groups = labels.map((_, i) => Math.floor(Math.sqrt(2 * i)))
    const deals = [0, 1, 2, 3].map(repeat => makeFolds(labels, { folds: 3, groups, repeat }).join())
    expect(new Set(deals).size).toBe(4)
  })

  it('never splits a group, never leaves a fold empty', () => {
    const cases = fc
      .array(fc.record({ label: fc.constantFrom(0, 1), group: fc.integer({ min: 0, max: 12 }) }), {
        minLength: 4,
        maxLength: 60
      })
      .filter(rows => new Set(rows.map(row => row.group)).size >= 4)
    fc.assert(
      fc.property(cases, fc.boolean(), fc.nat(), (rows, stratified, seed) => {
        const groups = rows.map(row => `piece ${row.group}`)
        const folds = makeFolds(
          rows.map(row => row.label),
          { folds: 4, groups, stratified, seed }
        )
        const foldOfGroup = new Map<string, number>()
        groups.forEach((group, i) => {
          expect(foldOfGroup.get(group) ?? folds[i]).toBe(folds[i])
          foldOfGroup.set(group, folds[i]!)
        })
        expect(new Set(folds)).toEqual(new Set([0, 1, 2, 3]))
      }),
      { seed: 2 }
    )
  })

  it('keeps the classes of grouped folds in balance', () => {
    const groups = labels.map((_, i) => Math.floor(i / 4))
    const folds = makeFolds(labels, { folds: 5, groups, seed: 1 })
    for (let fold = 0; fold < 5; fold++) {
      expect(Math.abs(countBy(folds, fold) - 20)).toBeLessThanOrEqual(4)
      expect(Math.abs(countBy(folds, fold, 1) - 14)).toBeLessThanOrEqual(3)
    }
  })

  it('refuses fewer groups than folds, and groups of another length', () => {
    expect(() => makeFolds([1, 0, 1], { folds: 3, groups: ['a', 'a', 'b'] })).toThrow(FoldsError)
    expect(() => makeFolds([1, 0, 1], { folds: 4 })).toThrow(
      'makeFolds: expected at least 4 examples for 4 folds, got 3'
    )
    expect(() => makeFolds([1, 0, 1], { groups: ['a'] })).toThrow(ShapeError)
  })
})
