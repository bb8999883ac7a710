import { createStreams, type Random, requireInteger, ShapeError, shuffle } from '@vgm/base'
import { requireLabels } from '../checks.js'
import { FoldsError } from '../errors.js'

/** What examples belong together, such as the pieces that phrases are from; one value per example. */
export type Groups = ArrayLike<number | string>

/** How {@link makeFolds} deals examples out. */
export interface FoldOptions {
  /** How many, from 2 on (default: 10). */
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
 * {@link makeFolds} for some of the rows: `result[i]` is the fold of `rows[i]`.
 *
 * Groups are taken in random order, large ones first, and each goes where its classes are rarest, so that an empty fold
 * always comes before one that has examples of the same class. Sizes are compared by their powers of two, since a strict
 * order of sizes would leave nothing to chance.
 */
export function dealFolds(
  caller: string,
  classes: Uint8Array,
  rows: readonly number[],
  { folds, groups, stratified }: FoldPlan,
  random: Random
): Int32Array {
  const members = membersOf(rows, groups)
  if (members.length < folds) {
    throw new FoldsError(caller, groups === undefined ? 'examples' : 'groups', folds, members.length)
  }
  const magnitude = (group: readonly number[]) => Math.floor(Math.log2(group.length))
  const order = shuffle(members, random).sort((a, b) => magnitude(b) - magnitude(a))
  const totals = [0, 0]
  for (const row of rows) totals[classes[row]!]!++
  const counts = Array.from({ length: folds }, () => [0, 0])
  const sizes = new Array<number>(folds).fill(0)
  const foldOf = new Int32Array(rows.length)
  for (const group of order) {
    const shares = [0, 0]
    for (const at of group) shares[classes[rows[at]!]!]! += 1
    const cost = (fold: number) =>
      stratified
        ? [0, 1].reduce((sum, c) => sum + (shares[c]! * counts[fold]![c]!) / Math.max(1, totals[c]!) ** 2, 0)
        : 0
    let best = 0
    for (let fold = 1; fold < folds; fold++) {
      const difference = cost(fold) - cost(best)
      if (difference < 0 || (difference === 0 && sizes[fold]! < sizes[best]!)) best = fold
    }
    for (const at of group) foldOf[at] = best
    sizes[best]! += group.length
    for (const c of [0, 1]) counts[best]![c]! += shares[c]!
  }
  return foldOf
}

/** Indices into `rows`, by group. */
export function membersOf(rows: readonly number[], groups: Groups | undefined): number[][] {
  if (groups === undefined) return rows.map((_, at) => [at])
  const members = new Map<number | string, number[]>()
  rows.forEach((row, at) => {
    const group = groups[row] as number | string
    const known = members.get(group)
    if (known === undefined) members.set(group, [at])
    else known.push(at)
  })
  return [...members.values()]
}
