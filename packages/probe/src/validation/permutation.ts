import { type Random, shuffle } from '@vgm/base'
import { membersOf } from './deal-groups.js'
import type { Groups } from './folds.js'
import type { Scores } from './scores.js'
import { meanOf, type Summaries } from './summary.js'

/** A score of probes that were trained and judged on permuted labels. */
export interface PermutedScore {
  readonly mean: number
  /** Of each permutation: the mean over its folds. */
  readonly values: readonly number[]
  /** Share of the permutations, the true labels counted as one more, that are at least as good as the true labels. */
  readonly pValue: number
}

/** Scores of the same procedure on labels in random order, where there is nothing to learn; a score that no permutation has is absent. */
export interface PermutationBaseline {
  readonly accuracy: PermutedScore
  readonly balancedAccuracy?: PermutedScore
  readonly f1?: PermutedScore
  readonly auc?: PermutedScore
  readonly logLoss: PermutedScore
}

/**
 * The classes in random order. With groups, the groups change places and take their classes along as a block, so that
 * examples of a group stay as alike as they were, apart from where blocks of different sizes overlap.
 */
export function permuteClasses(classes: Uint8Array, groups: Groups | undefined, random: Random): Uint8Array {
  const members = membersOf(classes.length, groups)
  const places = members.flat()
  const sources = shuffle(members, random).flat()
  const permuted = new Uint8Array(classes.length)
  places.forEach((place, i) => {
    permuted[place] = classes[sources[i]!]!
  })
  return permuted
}

/** @param runs The scores of the folds of each permutation. */
export function baselineOf(observed: Summaries, runs: readonly (readonly Scores[])[]): PermutationBaseline {
  const baseline: Partial<Record<keyof Scores, PermutedScore>> = {}
  for (const name of Object.keys(observed) as (keyof Scores)[]) {
    const values = runs.flatMap(run => {
      const known = run.flatMap(each => each[name] ?? [])
      return known.length === 0 ? [] : [meanOf(known)]
    })
    if (values.length === 0) continue
    const reached = (observed[name] as { mean: number }).mean
    const asGood = values.filter(value => (name === 'logLoss' ? value <= reached : value >= reached)).length
    baseline[name] = { mean: meanOf(values), values, pValue: (asGood + 1) / (values.length + 1) }
  }
  return baseline as PermutationBaseline
}
