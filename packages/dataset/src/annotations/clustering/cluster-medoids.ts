import { createRandom, permutation, requireInteger } from '@vgm/base'
import { TooFewAnnotationsError } from '../errors.js'
import { inOrder } from './cluster-complete-linkage.js'
import { type DistanceMatrix, requireDistances } from './distance-matrix.js'

/** Options of {@link clusterMedoids}. */
export interface MedoidOptions {
  /** Starts from random medoids in addition to the greedy one; the best end counts (default: 0). */
  readonly restarts?: number | undefined
  /** Decides the random starts, 0 to 2³² − 1 (default: 1). */
  readonly seed?: number | undefined
}

/** The result of {@link clusterMedoids}. */
export interface MedoidClusters {
  /** As {@link clusterCompleteLinkage} returns them. */
  readonly clusters: readonly (readonly number[])[]
  /** The medoid of each cluster: the member that the others are nearest to. */
  readonly medoids: readonly number[]
  /** The sum of every member's distance from its medoid. */
  readonly cost: number
}

/**
 * k-medoids by partitioning around medoids: a greedy start (BUILD), then the exchange of a medoid for another thing that
 * gains most, as long as one gains anything (SWAP).
 *
 * @throws {TooFewAnnotationsError} if there are fewer things than clusters.
 * @throws {InvalidSeriesError} if `distances` is no matrix of distances.
 * @source Kaufman and Rousseeuw 1990, chapter 2
 */
export function clusterMedoids(
  distances: DistanceMatrix,
  count: number,
  { restarts = 0, seed = 1 }: MedoidOptions = {}
): MedoidClusters {
  requireInteger('clusterMedoids', 'count', count, 1)
  requireInteger('clusterMedoids', 'restarts', restarts, 0)
  requireInteger('clusterMedoids', 'seed', seed, 0)
  requireDistances('clusterMedoids', distances)
  const size = distances.length
  if (size < count) throw new TooFewAnnotationsError('clusterMedoids', 'things', count, size)
  const random = createRandom(seed)
  let best = improve(distances, build(distances, count))
  for (let start = 0; start < restarts; start++) {
    const other = improve(distances, [...permutation(size, random).slice(0, count)])
    if (costOf(distances, other) < costOf(distances, best)) best = other
  }
  return describe(distances, best)
}

function build(distances: DistanceMatrix, count: number): number[] {
  const medoids: number[] = []
  while (medoids.length < count) {
    let least = Number.POSITIVE_INFINITY
    let chosen = -1
    for (let candidate = 0; candidate < distances.length; candidate++) {
      if (medoids.includes(candidate)) continue
      const cost = costOf(distances, [...medoids, candidate])
      if (cost < least) {
        least = cost
        chosen = candidate
      }
    }
    medoids.push(chosen)
  }
  return medoids
}

function improve(distances: DistanceMatrix, start: readonly number[]): number[] {
  let medoids = [...start]
  let cost = costOf(distances, medoids)
  for (;;) {
    let best = medoids
    for (let place = 0; place < medoids.length; place++) {
      for (let candidate = 0; candidate < distances.length; candidate++) {
        if (medoids.includes(candidate)) continue
        const swapped = medoids.with(place, candidate)
        const swappedCost = costOf(distances, swapped)
        if (swappedCost < cost) {
          cost = swappedCost
          best = swapped
        }
      }
    }
    if (best === medoids) return medoids
    medoids = best
  }
}

function costOf(distances: DistanceMatrix, medoids: readonly number[]): number {
  let sum = 0
  for (const row of distances) {
    let least = Number.POSITIVE_INFINITY
    for (const medoid of medoids) least = Math.min(least, row[medoid]!)
    sum += least
  }
  return sum
}

function describe(distances: DistanceMatrix, medoids: readonly number[]): MedoidClusters {
  const members = medoids.map((): number[] => [])
  distances.forEach((row, index) => {
    // A medoid stays with itself even where another medoid is as near.
    const own = medoids.indexOf(index)
    const nearest = medoids.reduce(
      (best, medoid, place) => (row[medoid]! < row[medoids[best]!]! ? place : best),
      0
    )
    members[own === -1 ? nearest : own]!.push(index)
  })
  const clusters = inOrder(members)
  return {
    clusters,
    medoids: clusters.map(cluster => medoids.find(medoid => cluster.includes(medoid))!),
    cost: costOf(distances, medoids)
  }
}
