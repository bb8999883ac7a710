import { requireInteger } from '@vgm/base'
import { agnes, type Cluster } from 'ml-hclust'
import { TooFewAnnotationsError } from '../errors.js'
import { type DistanceMatrix, requireDistances } from './distance-matrix.js'

/**
 * Agglomerative clustering with complete linkage: from `N` clusters of one, the two whose farthest members are nearest
 * are merged until `count` are left.
 *
 * @returns The members of each cluster, as indices in rising order; the largest cluster first, of equally large ones the
 *   one with the lowest index.
 * @throws {TooFewAnnotationsError} if there are fewer things than clusters.
 * @throws {InvalidSeriesError} if `distances` is no matrix of distances.
 */
export function clusterCompleteLinkage(distances: DistanceMatrix, count: number): number[][] {
  requireInteger('clusterCompleteLinkage', 'count', count, 1)
  requireDistances('clusterCompleteLinkage', distances)
  if (distances.length < count) {
    throw new TooFewAnnotationsError('clusterCompleteLinkage', 'things', count, distances.length)
  }
  // The library's types want arrays that may be written to; it copies them.
  const tree = agnes(distances as number[][], { method: 'complete', isDistanceMatrix: true })
  return inOrder(cutTree(tree, count).map(cluster => (cluster.isLeaf ? [cluster.index] : cluster.indices())))
}

/** The library's own `group` loses a leaf where the next merge to undo has height 0, as among equal annotations. */
function cutTree(tree: Cluster, count: number): Cluster[] {
  const clusters = [tree]
  while (clusters.length < count) {
    const merged = clusters.filter(cluster => !cluster.isLeaf)
    const highest = merged.reduce((most, cluster) => (cluster.height > most.height ? cluster : most))
    clusters.splice(clusters.indexOf(highest), 1, ...highest.children)
  }
  return clusters
}

/** Clusters in the order that both ways of clustering promise. */
export function inOrder(clusters: readonly (readonly number[])[]): number[][] {
  return clusters
    .map(members => [...members].sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!)
}
