import type { Tokenizer } from '@vgm/encoding'
import type { Constraint } from '@vgm/nn'

/** What a piece must have before it may end. */
export interface LeastContent {
  readonly words: number
  readonly notes: number
}

/** The state of the tokenizer's grammar, and what the piece has so far. */
interface PieceState extends LeastContent {
  readonly grammar: unknown
}

/** The grammar of pieces that begin with a sound and do not end before they have some content. */
export function pieceGrammar(tokenizer: Tokenizer, least: LeastContent): Constraint<PieceState> {
  const { grammar, endOfPiece, vocabulary } = tokenizer
  const pauses = vocabulary.words.map((_, id) => id).filter(id => tokenizer.ticksOf(id) > 0)
  return {
    initial: () => ({ grammar: grammar.initial(), words: 0, notes: 0 }),
    next(before, id) {
      return {
        grammar: grammar.next(before.grammar, id),
        words: before.words + 1,
        notes: before.notes + (tokenizer.isNote(id) ? 1 : 0)
      }
    },
    allowed({ grammar: state, words, notes }, mask) {
      grammar.allowed(state, mask)
      if (notes === 0) for (const id of pauses) mask[id] = 0
      if (words < least.words || notes < least.notes) mask[endOfPiece] = 0
    }
  }
}
