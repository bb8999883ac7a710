import { GrammarError } from '../errors.js'
import { advanceFor, grammar } from './grammar.js'
import { firstId } from './vocabulary.js'

/**
 * Ends a piece that was cut off: the given words without an unfinished tail (words that wait for their note, trailing
 * silence), then a `.` for every step up to the end of the last note, then `\n`. A finished piece comes back as it is.
 *
 * @param ids The beginning of a piece, shape `[T]`: any prefix of a sequence that `encode` can produce.
 * @returns The piece, as `decode` accepts it with `strict`.
 * @throws {GrammarError} if the words are no such beginning, or have no note.
 * @throws {UnknownIdError} if a number is no word's id.
 */
export function closePiece(ids: ArrayLike<number>): Uint16Array {
  let state = grammar.initial()
  let kept = 0
  let stepsLeft = -1
  for (let index = 0; index < ids.length; index++) {
    state = advanceFor('closePiece', state, ids[index]!)
    if (state.last === 'note' || (state.last === 'step' && state.stepsLeft >= 0)) {
      kept = index + 1
      stepsLeft = state.stepsLeft
    }
  }
  if (kept === 0) throw new GrammarError('closePiece', ids.length, 'expected at least one note, got none')
  const piece = new Uint16Array(kept + stepsLeft + 1).fill(firstId.step, kept)
  for (let index = 0; index < kept; index++) piece[index] = ids[index]!
  piece[piece.length - 1] = firstId.end
  return piece
}
