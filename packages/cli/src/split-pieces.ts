import { makeFolds } from '@vgm/probe'
import { labelOf } from './files.js'
import { type Half, halves } from './half.js'
import { type Phrase, requireBoth } from './sentiment-features.js'

/**
 * The phrases of one half of the pieces and of the other, each with its share of both sentiments. The halves are the same
 * whatever is learnt from them.
 *
 * @param sources Where the phrases are from, for messages.
 * @throws {CommandError} unless both halves hold positive and negative phrases.
 */
export function splitPieces(
  phrases: readonly Phrase[],
  half: Half,
  sources: readonly string[]
): { readonly known: Phrase[]; readonly unseen: Phrase[] } {
  const folds = makeFolds(
    phrases.map(({ sentiment }) => sentiment),
    { folds: 2, groups: phrases.map(({ piece }) => piece), seed: 0 }
  )
  const [first, second] = halves.map((name, fold) => {
    const members = phrases.filter((_, index) => folds[index] === fold)
    requireBoth(members, `${sources.map(labelOf).join(', ')}, ${name} half of the pieces`)
    return members
  }) as [Phrase[], Phrase[]]
  return half === 'first' ? { known: first, unseen: second } : { known: second, unseen: first }
}
