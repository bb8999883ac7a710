import { createStreams, type Random, requireInteger, ShapeError } from '@vgm/base'
import { requireLabels } from '../checks.js'
import { FoldsError } from '../errors.js'
import { dealGroups } from './deal-groups.js'

/** The group of each example, such as the piece that a phrase is from. */
export type Groups = ArrayLike<number | string>

/** Options of {@link makeFolds}. */
export interface FoldOptions {
  /** The number of folds, from 2 on (default: 10). */
  readonly folds?: number
  /** Keeps examples of one group in one fold. */
  readonly groups?: Groups
  /** Gives every fold its share of each class, as nearly as the groups allow (default: true). */
  readonly stratified?: boolean
  /** Integer from 0 to 2³² − 1 (default: 0). */
  readonly seed?: number
}

/** {@link FoldOptions} after validation, for some of the examples. */
export interface FoldPlan {
  readonly folds: number
  readonly groups: Groups | undefined
  readonly stratified: boolean
}

/**
 * Deals the examples out into folds of nearly equal size, so that others can be judged on those of
 * {@link crossValidate}: repeat `r` of a cross-validation has the folds of `makeFolds(labels, { …, repeat: r })`.
 *
 * @param labels `[N]`: 1 for positive, −1 or 0 for negative examples.
 * @param options.repeat Which of the independent deals of the seed (default: 0).
 * @returns The fold of each example, `[N]`, 0 … folds − 1. None is empty.
 * @throws {ShapeError | InvalidLabelError | InvalidOptionError}
 * @throws {FoldsError} if there are fewer examples, or groups, than folds.
 */
export function makeFolds(
  labels: ArrayLike<number>,
  options: FoldOptions & { readonly repeat?: number } = {}
): Int32Array {
  const { folds = 10, groups, stratified = true, seed = 0, repeat = 0 } = options
  const classes = requireLabels('makeFolds', labels, labels.length)
  requireInteger('makeFolds', 'folds', folds, 2)
  requireInteger('makeFolds', 'seed', seed, 0, 0xffffffff)
  requireInteger('makeFolds', 'repeat', repeat, 0, 9999)
  if (groups !== undefined) requireGroups('makeFolds', groups, labels.length)
  const rows = Array.from(classes.keys())
  const random = createStreams(seed, 1, repeat)[0]!
  return dealFolds('makeFolds', classes, rows, { folds, groups, stratified }, random)
}

/** @throws {ShapeError} */
export function requireGroups(caller: string, groups: Groups, rows: number): void {
  if (groups.length !== rows) throw new ShapeError(caller, 'groups', String(rows), groups.length)
}

/**
 * {@link makeFolds} for some of the rows: `result[i]` is the fold of `rows[i]`. Groups come by magnitude, since a strict
 * order of sizes would leave nothing to chance from repeat to repeat.
 */
export function dealFolds(
  caller: string,
  classes: Uint8Array,
  rows: readonly number[],
  { folds, groups, stratified }: FoldPlan,
  random: Random
): Int32Array {
  const groupOf = groups && rows.map(row => groups[row])
  const available = groupOf === undefined ? rows.length : new Set(groupOf).size
  if (available < folds) {
    throw new FoldsError(caller, groups === undefined ? 'examples' : 'groups', folds, available)
  }
  return dealGroups(
    rows.map(row => (stratified ? classes[row] : 0)),
    { shares: new Array(folds).fill(1 / folds), groups: groupOf, order: 'magnitude', random }
  )
}
