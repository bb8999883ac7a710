import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { golden } from '../../../test/annotation-golden.js'
import { clusterCompleteLinkage } from './cluster-complete-linkage.js'
import { clusterMedoids } from './cluster-medoids.js'
import { distanceMatrix } from './distance-matrix.js'

const points = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 10 })
const onLine = (values: readonly number[]) => distanceMatrix(values, (a, b) => Math.abs(a - b))

describe('complete linkage', () => {
  test.each(golden.cluster)('$count clusters are those of SciPy', ({ distances, count, completeLinkage }) => {
    expect(clusterCompleteLinkage(distances, count)).toEqual(completeLinkage)
  })

  test('the farthest members decide, so that a chain falls apart', () => {
    // By nearest members (single linkage) 0 would be left alone.
    expect(clusterCompleteLinkage(onLine([0, 2, 3, 4.5, 6]), 2)).toEqual([
      [0, 1, 2],
      [3, 4]
    ])
  })

  test('as many clusters as things, and one cluster', () => {
    expect(clusterCompleteLinkage(onLine([5, 1, 9]), 3)).toEqual([[0], [1], [2]])
    expect(clusterCompleteLinkage(onLine([5, 1, 9]), 1)).toEqual([[0, 1, 2]])
    expect(clusterCompleteLinkage([[0]], 1)).toEqual([[0]])
  })

  test('no thing is lost among equal ones', () => {
    const clusters = clusterCompleteLinkage(onLine([1, 1, 1, 1, 2]), 4)
    expect(clusters).toHaveLength(4)
    expect(clusters.flat().sort()).toEqual([0, 1, 2, 3, 4])
  })
})

describe('medoids', () => {
  test.each(golden.cluster)(
    '$count clusters are those of the kmedoids package',
    ({ distances, count, pam }) => {
      const found = clusterMedoids(distances, count)
      expect(found.clusters).toEqual(pam.clusters)
      expect(found.cost).toBeCloseTo(pam.cost, 8)
    }
  )

  test('no exchange of one medoid makes it better, and random starts never make it worse', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 3 }), fc.nat(1000), (values, count, seed) => {
        const distances = onLine(values)
        const { medoids, cost, clusters } = clusterMedoids(distances, count)
        const costOf = (chosen: readonly number[]) =>
          distances.reduce((sum, row) => sum + Math.min(...chosen.map(medoid => row[medoid] as number)), 0)
        expect(costOf(medoids)).toBe(cost)
        expect(clusters.flat().sort((a, b) => a - b)).toEqual(values.map((_, index) => index))
        for (let place = 0; place < count; place++) {
          for (let other = 0; other < values.length; other++) {
            expect(costOf(medoids.with(place, other))).toBeGreaterThanOrEqual(cost)
          }
        }
        const restarted = clusterMedoids(distances, count, { restarts: 3, seed })
        expect(restarted.cost).toBeLessThanOrEqual(cost)
        expect(clusterMedoids(distances, count, { restarts: 3, seed })).toEqual(restarted)
      })
    )
  })

  test('things at the same place keep their medoids apart', () => {
    expect(clusterMedoids(onLine([1, 1, 1]), 2).clusters).toHaveLength(2)
    expect(clusterMedoids(onLine([1, 1, 1]), 3).clusters).toEqual([[0], [1], [2]])
  })
})

test.each([
  ['clusterCompleteLinkage', clusterCompleteLinkage],
  ['clusterMedoids', clusterMedoids]
])('%s refuses what is no matrix of distances', (name, cluster) => {
  expect(() =>
    cluster(
      [
        [0, 1],
        [2, 0]
      ],
      1
    )
  ).toThrow(`${name}: distances[0][1] expected 2, its mirror image, got 1`)
  expect(() => cluster([[0, 1]], 1)).toThrow(`${name}: distances[0] expected 1 values, got [0,1]`)
  expect(() => cluster([[Number.NaN]], 1)).toThrow(`${name}: distances[0][0] expected a finite number`)
  expect(() => cluster([[0]], 2)).toThrow(`${name}: expected at least 2 things, got 1`)
  expect(() => cluster([[0]], 0)).toThrow(`${name}: count expected an integer ≥ 1, got 0`)
})
