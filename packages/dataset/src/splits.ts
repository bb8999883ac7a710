import { createRandom, InvalidOptionError, requireInteger } from '@vgm/base'
import { dealGroups } from '@vgm/probe'

/** Items to train on and items to test on. */
export interface Split<T> {
  /** In the order of the items, like `test`. */
  readonly train: T[]
  readonly test: T[]
}

/** Options of {@link splitByPiece}. */
export interface SplitOptions<T> {
  /** The share of the items to test on, above 0 and below 1. */
  readonly test: number
  /** An integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The label that both sides have in equal shares; without it all items are alike. */
  readonly labelOf?: (item: T) => unknown
}

/** Options of {@link kFolds}. */
export interface FoldOptions<T> {
  /** The number of folds, at least 2 and at most the number of groups. */
  readonly k: number
  /** An integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The group of an item, such as its piece, which stays on one side of a fold; without it every item is its own group. */
  readonly groupOf?: (item: T) => unknown
  /** The label that all folds have in equal shares; without it all items are alike. */
  readonly labelOf?: (item: T) => unknown
}

/**
 * Splits items so that no piece is on both sides and both sides have labels in nearly the same shares. Each side gets at
 * least one piece; how near the shares come is limited by how large the pieces are.
 *
 * @throws {InvalidOptionError} if an option is out of range or there are fewer than two pieces.
 */
export function splitByPiece<T extends { readonly piece: string }>(
  items: readonly T[],
  { test, seed, labelOf = () => '' }: SplitOptions<T>
): Split<T> {
  if (!(test > 0 && test < 1)) {
    throw new InvalidOptionError('splitByPiece', 'test', 'a share above 0 and below 1', test)
  }
  requireInteger('splitByPiece', 'seed', seed, 0, 0xffffffff)
  const groups = items.map(item => item.piece)
  const pieces = new Set(groups).size
  if (pieces < 2) throw new InvalidOptionError('splitByPiece', 'items', 'at least 2 pieces', pieces)
  const shares = [test, 1 - test]
  return splitOf(
    items,
    dealGroups(
      items.map(item => labelOf(item)),
      { shares, groups, random: createRandom(seed) }
    ),
    0
  )
}

/**
 * Divides items into `k` folds for cross-validation: each item is tested on once, no group is on both sides of a fold, and
 * every fold has labels in nearly the shares of the whole. Items that stand alone are dealt exactly: no two folds differ by
 * more than one item of a label.
 *
 * @returns `k` splits; split `i` tests on fold `i` and trains on the others.
 * @throws {InvalidOptionError} if an option is out of range or there are fewer groups than folds.
 */
export function kFolds<T>(
  items: readonly T[],
  { k, seed, groupOf, labelOf = () => '' }: FoldOptions<T>
): Split<T>[] {
  requireInteger('kFolds', 'k', k, 2)
  requireInteger('kFolds', 'seed', seed, 0, 0xffffffff)
  const groups = groupOf && items.map(item => groupOf(item))
  const available = groups === undefined ? items.length : new Set(groups).size
  if (k > available) {
    throw new InvalidOptionError('kFolds', 'k', `at most the number of groups, ${available}`, k)
  }
  const shares = new Array<number>(k).fill(1 / k)
  const foldOf = dealGroups(
    items.map(item => labelOf(item)),
    { shares, groups, random: createRandom(seed) }
  )
  return shares.map((_, fold) => splitOf(items, foldOf, fold))
}

/** The items of one part to test on, and the others to train on. */
function splitOf<T>(items: readonly T[], partOf: Int32Array, tested: number): Split<T> {
  return {
    train: items.filter((_, index) => partOf[index] !== tested),
    test: items.filter((_, index) => partOf[index] === tested)
  }
}
