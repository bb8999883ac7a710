import { InvalidOptionError, requireInteger } from '@vgm/base'
import { clusterCompleteLinkage } from './clustering/cluster-complete-linkage.js'
import { clusterMedoids } from './clustering/cluster-medoids.js'
import { distanceMatrix } from './clustering/distance-matrix.js'
import { dtwDistance } from './clustering/dtw-distance.js'
import { movingAverage } from './moving-average.js'
import { columnsOf, mean, meanSeries, requireSeries, signOf, usualLength, variance } from './series.js'
import { splitAtChanges, splitEvenly } from './split-bars.js'
import type { PhraseSpan, Sign } from './types.js'
import { zScores } from './z-scores.js'

/** Options of {@link summarizeByClusters}; the defaults are the paper's. */
export interface ClusterRuleOptions {
  /** Bars in the moving average that smooths annotations before they are compared (default: 2). */
  readonly window?: number | undefined
  /** Whether to compare the shapes of annotations alone, each with mean 0 and deviation 1 (default: false). */
  readonly zScore?: boolean | undefined
  /** Clusters to make, at least 2 (default: 3: positive, negative, noise). */
  readonly clusters?: number | undefined
  /** The clustering method (default: 'complete-linkage'). */
  readonly method?: 'complete-linkage' | 'medoids' | undefined
  /** Decides the random starts of 'medoids' (default: 1). */
  readonly seed?: number | undefined
  /** The band of {@link dtwDistance} in bars (default: none). */
  readonly band?: number | undefined
  /**
   * The cluster that represents the piece. 'larger': without the one that varies most, the largest (the paper; default).
   * 'quieter': of the two largest, the one with less variance per member (the authors' program).
   */
  readonly choose?: 'larger' | 'quieter' | undefined
  /** The curve that stands for a cluster: its 'mean' (the paper; default), or its member 'nearest' to the mean (the program). */
  readonly speaker?: 'mean' | 'nearest' | undefined
  /** The longest phrase in bars (default: 4). */
  readonly maxBars?: number | undefined
}

/** A group of annotations that resemble each other. */
export interface AnnotationCluster {
  /** Indices into the ratings, in rising order. */
  readonly members: readonly number[]
  /** The variance between the members, as a mean over the bars. */
  readonly variance: number
}

/** The result of {@link summarizeByClusters}, step by step. */
export interface ClusterSummary {
  /** The annotations that were compared: those of the usual length. Indices into the ratings. */
  readonly kept: readonly number[]
  /** Them, smoothed: `window − 1` values fewer each. */
  readonly smoothed: readonly (readonly number[])[]
  /** The largest first. */
  readonly clusters: readonly AnnotationCluster[]
  /** The cluster that speaks for the piece, as an index. */
  readonly chosen: number
  /** The cluster that was discarded as noise, as an index; absent with `choose: 'quieter'`, which knows none. */
  readonly noise: number | undefined
  /** The chosen cluster's value per bar, from its unsmoothed members, so that bars stay in place. */
  readonly curve: readonly number[]
  readonly signs: readonly Sign[]
  readonly spans: readonly PhraseSpan[]
}

/** The rule as the authors' program of 2019 has it, which made VGMIDI 0.1; the paper describes it a little otherwise. */
export const vgmidi01Rule: ClusterRuleOptions = { choose: 'quieter', speaker: 'nearest' }

/**
 * The phrases of a piece by the rule of the paper: annotations are smoothed and clustered under dynamic time warping; one
 * cluster speaks for the piece; a phrase ends wherever its valence changes its sign, and after four bars at the latest.
 *
 * @param ratings The valence that listeners heard: `[listener][bar]`. Those of unusual length are left out.
 * @throws {TooFewAnnotationsError} if there are fewer annotations than clusters.
 * @throws {InvalidSeriesError} if a series is empty, or has a value that is not finite.
 * @throws {InvalidOptionError} if an option is out of its range.
 * @source Ferreira and Whitehead 2019, section 4.2
 */
export function summarizeByClusters(
  ratings: readonly (readonly number[])[],
  options: ClusterRuleOptions = {}
): ClusterSummary {
  const rule = resolve(options)
  requireSeries('summarizeByClusters', 'ratings', ratings, rule.clusters)
  const length = usualLength(ratings)
  if (rule.window > length) {
    throw new InvalidOptionError(
      'summarizeByClusters',
      'window',
      `at most ${length}, the bars of the piece`,
      rule.window
    )
  }
  const kept = ratings.flatMap((values, listener) => (values.length === length ? [listener] : []))
  const smoothed = kept.map(listener => movingAverage(ratings[listener]!, rule.window))
  const compared = rule.zScore ? smoothed.map(zScores) : smoothed
  const distances = distanceMatrix(compared, (a, b) => dtwDistance(a, b, { band: rule.band }))
  const groups =
    rule.method === 'medoids'
      ? clusterMedoids(distances, rule.clusters, { seed: rule.seed, restarts: 10 }).clusters
      : clusterCompleteLinkage(distances, rule.clusters)
  const clusters = groups.map((group): AnnotationCluster => {
    const members = group.map(index => kept[index]!)
    return { members, variance: mean(columnsOf(members.map(member => ratings[member]!)).map(variance)) }
  })
  const { chosen, noise } = rule.choose === 'larger' ? chooseLarger(clusters) : chooseQuieter(clusters)
  const members = clusters[chosen]!.members.map(member => ratings[member]!)
  const curve = rule.speaker === 'mean' ? meanSeries(members) : nearestToMean(members, rule.band)
  const signs = curve.map(signOf)
  const spans = splitAtChanges(signs.map(valence => ({ valence }))).flatMap(span =>
    splitEvenly(span, rule.maxBars)
  )
  return { kept, smoothed, clusters, chosen, noise, curve, signs, spans }
}

function resolve(options: ClusterRuleOptions) {
  const rule = {
    window: options.window ?? 2,
    zScore: options.zScore ?? false,
    clusters: options.clusters ?? 3,
    method: options.method ?? 'complete-linkage',
    seed: options.seed ?? 1,
    band: options.band,
    choose: options.choose ?? 'larger',
    speaker: options.speaker ?? 'mean',
    maxBars: options.maxBars ?? 4
  }
  requireInteger('summarizeByClusters', 'window', rule.window, 1)
  requireInteger('summarizeByClusters', 'clusters', rule.clusters, 2)
  requireInteger('summarizeByClusters', 'seed', rule.seed, 0)
  requireInteger('summarizeByClusters', 'band', rule.band ?? 0, 0)
  requireInteger('summarizeByClusters', 'maxBars', rule.maxBars, 1)
  requireOneOf('method', rule.method, ['complete-linkage', 'medoids'])
  requireOneOf('choose', rule.choose, ['larger', 'quieter'])
  requireOneOf('speaker', rule.speaker, ['mean', 'nearest'])
  return rule
}

function requireOneOf(option: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw new InvalidOptionError('summarizeByClusters', option, allowed.join(' or '), value)
}

interface Choice {
  readonly chosen: number
  readonly noise: number | undefined
}

/** Without the cluster that varies most (of several the smallest) the largest, which comes first. */
function chooseLarger(clusters: readonly AnnotationCluster[]): Choice {
  const noise = clusters.reduce(
    (most, { variance }, index) => (variance >= clusters[most]!.variance ? index : most),
    0
  )
  return { chosen: noise === 0 ? 1 : 0, noise }
}

/** Of the two largest the one with less variance per member. */
function chooseQuieter([first, second]: readonly AnnotationCluster[]): Choice {
  const [one, other] = [first!, second!].map(({ members, variance }) => variance / members.length)
  return { chosen: one! <= other! ? 0 : 1, noise: undefined }
}

function nearestToMean(members: readonly (readonly number[])[], band: number | undefined): number[] {
  const middle = meanSeries(members)
  const distances = members.map(member => dtwDistance(member, middle, { band }))
  return [...members[distances.indexOf(Math.min(...distances))]!]
}
