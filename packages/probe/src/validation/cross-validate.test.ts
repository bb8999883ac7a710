import { describe, expect, it } from 'vitest'
import { makeExamples } from '../../test/examples.js'
import {
  chooseC,
  crossValidate,
  FoldsError,
  fit,
  makeFolds,
  OneClassError,
  probabilities,
  score
} from '../index.js'

const { features, labels, groups } = makeExamples(150, 10, 2, 11)
const quick = { folds: 5, innerFolds: 3, Cs: [0.1, 1], permutations: 0, seed: 4 }

describe('crossValidate', () => {
  it('judges each example by a probe that was fitted without its fold', () => {
    const { outOfFold, foldOf, folds } = crossValidate(features, labels, { ...quick, Cs: [0.5], groups })
    const [first] = outOfFold as [Float64Array]
    const [fold] = foldOf as [Int32Array]
    expect(fold).toEqual(makeFolds(labels, { folds: 5, groups, seed: 4 }))
    const rows = [...labels.keys()]
    for (const { fold: tested, scores } of folds) {
      const train = rows.filter(row => fold[row] !== tested)
      const test = rows.filter(row => fold[row] === tested)
      const take = (chosen: number[]) => ({
        data: Float64Array.from(chosen.flatMap(row => [...features.data.slice(row * 10, row * 10 + 10)])),
        rows: chosen.length,
        columns: 10
      })
      const probe = fit(
        take(train),
        train.map(row => labels[row]!),
        { C: 0.5 }
      )
      const judged = probabilities(probe, take(test))
      expect(test.map(row => first[row])).toEqual([...judged])
      expect(
        score(
          test.map(row => labels[row]!),
          judged
        )
      ).toEqual(scores)
    }
  })

  it('never has a group in two folds', () => {
    const { foldOf, protocol } = crossValidate(features, labels, { ...quick, groups, repeats: 3 })
    expect(protocol.groups).toBe(30)
    expect(foldOf).toHaveLength(3)
    for (const folds of foldOf) {
      const pairs = new Set(groups.map((group, i) => `${group} ${folds[i]}`))
      expect(pairs.size).toBe(30)
    }
  })

  it('chooses C without a look at the test fold', () => {
    const { features, labels } = makeExamples(100, 10, 0.8, 13)
    const Cs = [0.05, 0.1, 0.2, 0.4, 0.8]
    const options = { ...quick, Cs, stratified: false, standardize: true }
    const before = crossValidate(features, labels, options)
    const [foldOf] = before.foldOf as [Int32Array]
    for (const { fold, C, neurons } of before.folds) {
      const spoilt = labels.map((label, i) => (foldOf[i] === fold ? -label : label))
      const data = features.data.map((value, at) =>
        foldOf[Math.floor(at / 10)] === fold ? 100 - value : value
      )
      const after = crossValidate({ ...features, data }, spoilt, options)
      expect(after.foldOf).toEqual(before.foldOf)
      expect(after.folds[fold]).toMatchObject({ C, neurons })
      expect(after.folds[fold]?.scores).not.toEqual(before.folds[fold]?.scores)
    }
    // The test would say nothing if every fold chose the same.
    expect(new Set(before.folds.map(each => each.C)).size).toBeGreaterThan(1)
  })

  it('finds what there is to find, and nothing in permuted labels', () => {
    const { scores, majorityRate, permuted, confusion } = crossValidate(features, labels, {
      ...quick,
      permutations: 19
    })
    expect(majorityRate).toBe(0.6)
    expect(scores.accuracy.mean).toBeGreaterThan(0.8)
    expect(scores.accuracy.interval[0]).toBeGreaterThan(majorityRate)
    expect(scores.accuracy.interval[0]).toBeLessThan(scores.accuracy.mean)
    expect(permuted?.accuracy.values).toHaveLength(19)
    expect(permuted?.accuracy.pValue).toBe(0.05)
    expect(permuted?.logLoss.pValue).toBe(0.05)
    expect(Math.abs((permuted?.auc?.mean ?? 0) - 0.5)).toBeLessThan(0.06)
    const { truePositives, trueNegatives, falsePositives, falseNegatives } = confusion
    expect(truePositives + falseNegatives).toBe(90)
    expect(trueNegatives + falsePositives).toBe(60)
    expect((truePositives + trueNegatives) / 150).toBeCloseTo(scores.accuracy.mean, 12)
  })

  it('comes near the majority rate on noise, as its permutations do', () => {
    const noise = makeExamples(150, 10, 0, 12)
    const { scores, permuted, majorityRate } = crossValidate(noise.features, noise.labels, {
      ...quick,
      Cs: [0.01, 0.1, 1],
      permutations: 10
    })
    expect(Math.abs((permuted?.accuracy.mean ?? 0) - majorityRate)).toBeLessThan(0.05)
    expect(scores.accuracy.interval[0]).toBeLessThanOrEqual(majorityRate)
    expect(permuted?.accuracy.pValue).toBeGreaterThan(0.05)
  })

  it('shows with groups that may be split how much comes from recognising them', () => {
    // Each group of five is a point of its own with one label: there is nothing to learn but the groups.
    const rows = [...labels.keys()]
    const data = Float64Array.from(
      features.data,
      (_, at) => features.data[Math.floor(at / 50) * 50 + (at % 10)]!
    )
    const own = rows.map(row => (Math.floor(row / 5) % 2 === 0 ? 1 : -1))
    const options = { ...quick, groups, penalty: 'l2' as const, Cs: [10], permutations: 8 }
    const split = crossValidate({ ...features, data }, own, { ...options, splitGroups: true })
    const whole = crossValidate({ ...features, data }, own, options)
    expect(split.protocol.groups).toBeUndefined()
    expect(split.permuted?.accuracy.mean).toBeGreaterThan(0.65)
    expect(whole.permuted?.accuracy.mean).toBeLessThan(0.6)
  })

  it('gives the same for the same seed, and tells how far it is', () => {
    const calls: unknown[] = []
    const options = { ...quick, groups, repeats: 2, permutations: 1 }
    const once = crossValidate(features, labels, {
      ...options,
      onProgress: progress => calls.push(progress)
    })
    expect(crossValidate(features, labels, options)).toEqual(once)
    expect(calls).toEqual(
      Array.from({ length: 15 }, (_, i) => ({ phase: 'validating', done: i + 1, total: 15, unit: 'fits' }))
    )
  })

  it('refuses fewer groups than folds, and folds that leave one class to learn from', () => {
    expect(() => crossValidate(features, labels, { ...quick, folds: 31, groups })).toThrow(FoldsError)
    const lonely = labels.map((_, i) => (i < 5 ? 1 : -1))
    expect(() => crossValidate(features, lonely, { ...quick, groups })).toThrow(OneClassError)
  })
})

describe('chooseC', () => {
  it('takes the C with the least log-loss, or the highest accuracy', () => {
    const Cs = [3, 0.001, 0.1]
    const byLoss = chooseC(features, labels, { Cs, groups, seed: 2 })
    expect(byLoss.candidates.map(each => each.C)).toEqual(Cs)
    const least = Math.min(...byLoss.candidates.map(each => each.logLoss))
    expect(byLoss.candidates.find(each => each.logLoss === least)?.C).toBe(byLoss.C)
    expect(byLoss.C).not.toBe(0.001)
    const byAccuracy = chooseC(features, labels, { Cs, groups, seed: 2, chooseBy: 'accuracy' })
    const most = Math.max(...byAccuracy.candidates.map(each => each.accuracy))
    expect(byAccuracy.candidates.find(each => each.C === byAccuracy.C)?.accuracy).toBe(most)
  })

  it('takes the smallest of those that are equally good', () => {
    expect(chooseC(features, labels, { Cs: [0.0003, 0.0001, 0.0002] }).C).toBe(0.0001)
  })
})
