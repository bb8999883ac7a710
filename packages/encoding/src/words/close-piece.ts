import { GrammarError } from '../errors.js'
import type { PieceCloser } from '../tokenizer.js'
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
  const closer = new WordCloser()
  const piece: number[] = []
  for (let index = 0; index < ids.length; index++) piece.push(...closer.push(ids[index]!))
  return Uint16Array.from(piece.concat(closer.end()))
}

/** {@link closePiece} for words that come one by one. */
export class WordCloser implements PieceCloser {
  #state = grammar.initial()
  #pending: number[] = []
  #stepsLeft = -1

  push(id: number): number[] {
    this.#state = advanceFor('closePiece', this.#state, id)
    this.#pending.push(id)
    const { last, stepsLeft } = this.#state
    if (last !== 'note' && !(last === 'step' && stepsLeft >= 0)) return []
    this.#stepsLeft = stepsLeft
    return this.#pending.splice(0)
  }

  end(): number[] {
    if (this.#stepsLeft < 0) {
      throw new GrammarError('closePiece', this.#state.length, 'expected at least one note, got none')
    }
    return [...new Array<number>(this.#stepsLeft).fill(firstId.step), firstId.end]
  }
}
