import { makeFolds } from '@vgm/probe'
import { type Example, labelsOf, piecesOf, requireBothKinds } from './phrases.js'

/** One half of the labelled pieces: what is learnt from it, the other can judge. */
export type Half = 'first' | 'second'

/**
 * The phrases of one half of the pieces and of the other, each with its share of both sentiments. The halves are the same
 * whatever is learnt from them.
 *
 * @param half Which half is known.
 * @throws {OneKindError} unless both halves hold positive and negative phrases.
 */
export function splitHalves<T extends Example>(
  phrases: readonly T[],
  half: Half
): { readonly known: T[]; readonly unseen: T[] } {
  const folds = makeFolds(labelsOf(phrases), { folds: 2, groups: piecesOf(phrases), seed: 0 })
  const membersOf = (fold: number) => phrases.filter((_, index) => folds[index] === fold)
  const [first, second] = [membersOf(0), membersOf(1)]
  requireBothKinds(first, 'first half of the pieces')
  requireBothKinds(second, 'second half of the pieces')
  return half === 'first' ? { known: first, unseen: second } : { known: second, unseen: first }
}
