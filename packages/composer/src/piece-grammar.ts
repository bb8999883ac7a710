import type { Tokenizer } from '@vgm/encoding'
import type { Constraint } from '@vgm/nn'

/** What decides where a piece may end. */
export interface PieceLimits {
  /** The piece does not end before it has so many words and notes. */
  readonly words: number
  readonly notes: number
  /** If given, the piece ends when its time reaches this tick, and not before. */
  readonly endTick?: number
}

/** The state of the tokenizer's grammar, and what the piece has so far. */
export interface PieceState {
  readonly grammar: unknown
  readonly words: number
  readonly notes: number
  readonly ticks: number
}

/**
 * The grammar of pieces that begin with a sound and end where they should. At `endTick` a piece ends even if notes still sound:
 * closed without its last word, it lets them sound out.
 */
export function pieceGrammar(tokenizer: Tokenizer, limits: PieceLimits): Constraint<PieceState> {
  const { grammar, endOfPiece, vocabulary } = tokenizer
  const { endTick } = limits
  const pauses = vocabulary.words.map((_, id) => id).filter(id => tokenizer.ticksOf(id) > 0)
  const isOver = ({ ticks }: PieceState) => endTick !== undefined && ticks >= endTick
  return {
    initial: () => ({ grammar: grammar.initial(), words: 0, notes: 0, ticks: 0 }),
    next(before, id) {
      return {
        grammar: id === endOfPiece && isOver(before) ? before.grammar : grammar.next(before.grammar, id),
        words: before.words + 1,
        notes: before.notes + (tokenizer.isNote(id) ? 1 : 0),
        ticks: before.ticks + tokenizer.ticksOf(id)
      }
    },
    allowed(state, mask) {
      if (isOver(state)) {
        mask.fill(0)
        mask[endOfPiece] = 1
        return
      }
      grammar.allowed(state.grammar, mask)
      if (state.notes === 0) for (const id of pauses) mask[id] = 0
      const isComplete = state.words >= limits.words && state.notes >= limits.notes
      if (endTick !== undefined || !isComplete) mask[endOfPiece] = 0
    }
  }
}
