import { type GrammarState, grammar, vocabulary } from '@vgm/encoding'
import type { Grammar } from '@vgm/mlstm'

/** What a piece has to have before it may end. */
export interface LeastContent {
  readonly words: number
  readonly notes: number
}

/** The grammar's state, and the notes so far. */
interface PieceState {
  readonly words: GrammarState
  readonly notes: number
}

const endOfPiece = vocabulary.idOf('\n')
const endOfStep = vocabulary.idOf('.')

/** The grammar of pieces that begin with a sound and do not end before they have some content. */
export function pieceGrammar(least: LeastContent): Grammar<PieceState> {
  return {
    initial: () => ({ words: grammar.initial(), notes: 0 }),
    next({ words: before, notes }, id) {
      const words = grammar.next(before, id)
      return { words, notes: words.last === 'note' ? notes + 1 : notes }
    },
    allowed({ words, notes }, mask) {
      grammar.allowed(words, mask)
      const isSilent = words.duration < 0
      if (isSilent) mask[endOfStep] = 0
      if (words.length < least.words || notes < least.notes) mask[endOfPiece] = 0
    }
  }
}
