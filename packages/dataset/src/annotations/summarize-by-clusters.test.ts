import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { summarizeByClusters, vgmidi01Rule } from './summarize-by-clusters.js'

/** Three that begin happily, two that are sad throughout, two that contradict each other. */
const ratings = [
  [0.5, 0.5, 0.5, 0.5, 0.5, -0.5, -0.5, -0.5],
  [0.6, 0.6, 0.6, 0.6, 0.6, -0.4, -0.4, -0.4],
  [0.5, 0.5, 0.5, 0.5, 0.4, -0.5, -0.5, -0.5],
  [-0.7, -0.7, -0.7, -0.7, -0.7, -0.7, -0.7, -0.7],
  [-0.8, -0.8, -0.8, -0.8, -0.8, -0.8, -0.8, -0.8],
  [-1, 1, -1, 1, -1, 1, -1, 1],
  [1, -1, 1, -1, 1, -1, 1, -1]
]

test('the noisiest cluster goes, and the larger of the rest speaks by its mean', () => {
  const summary = summarizeByClusters(ratings)
  expect(summary.clusters.map(({ members }) => members)).toEqual([
    [0, 1, 2],
    [3, 4],
    [5, 6]
  ])
  expect(summary.clusters[2]?.variance).toBeCloseTo(1, 12)
  expect(summary).toMatchObject({ chosen: 0, noise: 2, kept: [0, 1, 2, 3, 4, 5, 6] })
  expect(summary.smoothed[0]).toEqual([0.5, 0.5, 0.5, 0.5, 0, -0.5, -0.5])
  expect(summary.curve[4]).toBeCloseTo(0.5, 12)
  expect(summary.spans).toEqual([
    { fromBar: 0, toBar: 3, valence: 1 },
    { fromBar: 3, toBar: 5, valence: 1 },
    { fromBar: 5, toBar: 8, valence: -1 }
  ])
})

test('the noisiest cluster goes even where it is the largest', () => {
  const noisy = [
    ...ratings.slice(0, 5),
    ...ratings.slice(5),
    ...ratings.slice(5).map(row => row.map(v => v * 0.9))
  ]
  const { clusters, noise, chosen } = summarizeByClusters(noisy)
  expect(clusters[0]?.members).toEqual([5, 6, 7, 8])
  expect({ noise, chosen }).toEqual({ noise: 0, chosen: 1 })
})

test('the rule of VGMIDI 0.1 lets the member nearest to the mean speak for the quieter cluster', () => {
  const { curve, noise, chosen } = summarizeByClusters(ratings, vgmidi01Rule)
  expect(noise).toBeUndefined()
  expect(chosen).toBe(0)
  expect(ratings.slice(0, 3)).toContainEqual(curve)
})

test('medoids find the same groups, and a seed the same medoids', () => {
  const options = { method: 'medoids', seed: 3 } as const
  const summary = summarizeByClusters(ratings, options)
  expect(summary.clusters.map(({ members }) => members)).toEqual(
    summarizeByClusters(ratings).clusters.map(({ members }) => members)
  )
  expect(summarizeByClusters(ratings, options)).toEqual(summary)
})

test('annotations of another length are left out and keep their numbers', () => {
  const { kept, clusters } = summarizeByClusters([[0.5, 0.5], ...ratings])
  expect(kept).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(clusters[0]?.members).toEqual([1, 2, 3])
})

test('phrases cover every bar once, in order, none longer than allowed, each of one sign', () => {
  const rows = fc.integer({ min: 2, max: 20 }).chain(bars =>
    fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: bars, maxLength: bars }), {
      minLength: 3,
      maxLength: 8
    })
  )
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 6 }), (series, maxBars) => {
      const { spans, signs } = summarizeByClusters(series, { maxBars })
      expect(
        spans.flatMap(({ fromBar, toBar, valence }) => signs.slice(fromBar, toBar).map(() => valence))
      ).toEqual(signs)
      spans.forEach(({ fromBar, toBar }, index) => {
        expect(fromBar).toBe(spans[index - 1]?.toBar ?? 0)
        expect(toBar - fromBar).toBeLessThanOrEqual(maxBars)
      })
    }),
    { numRuns: 50 }
  )
})

test('a long stretch is cut into parts of nearly one length', () => {
  const flat = Array.from({ length: 3 }, () => new Array<number>(49).fill(0.5))
  const lengths = summarizeByClusters(flat).spans.map(({ fromBar, toBar }) => toBar - fromBar)
  expect(lengths).toEqual([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3])
})

test('too few listeners and options out of range are refused', () => {
  expect(() => summarizeByClusters(ratings.slice(0, 2))).toThrow(
    'summarizeByClusters: expected at least 3 ratings, got 2'
  )
  expect(() => summarizeByClusters(ratings, { clusters: 1 })).toThrow(InvalidOptionError)
  expect(() => summarizeByClusters(ratings, { choose: 'loudest' as 'larger' })).toThrow(
    'summarizeByClusters: choose expected larger or quieter, got "loudest"'
  )
  expect(() => summarizeByClusters(ratings, { window: 9 })).toThrow(
    'summarizeByClusters: window expected at most 8, the bars of the piece, got 9'
  )
})
