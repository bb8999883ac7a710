import { GrammarError } from '../errors.js'
import type { Score } from '../score/types.js'
import type { DecodeOptions } from '../tokenizer.js'
import { advanceFor, grammar } from './grammar.js'
import { WordDecoder } from './word-decoder.js'

/**
 * The score of a piece, at 960 ticks per quarter, on channel 0 with program 0. For every sequence that `encode` can
 * produce, `encode(decode(ids))` is `ids`.
 *
 * A note that is struck while its pitch still sounds goes to the next channel where the pitch is silent: a synthesizer
 * ends every note of a channel and pitch at the first note-off.
 *
 * Any ids give a score: until a word says otherwise the tempo is 120 bpm, the velocity 64 and the duration a quarter;
 * notes sound in the order of their pitches, whatever the order of their words; what follows the first `\n` is ignored.
 * `v_128` becomes velocity 127.
 *
 * @param ids Shape `[T]`.
 * @throws {UnknownIdError} if a number is no word's id.
 * @throws {GrammarError} with `strict`, naming the position of the first word that `encode` never puts there.
 */
export function decode(ids: ArrayLike<number>, { strict = false }: DecodeOptions = {}): Score {
  if (strict) requirePiece(ids)
  const decoder = new WordDecoder()
  for (let index = 0; index < ids.length; index++) decoder.push(ids[index]!)
  return decoder.take()
}

/** Throws unless the ids are one whole piece. */
function requirePiece(ids: ArrayLike<number>): void {
  let state = grammar.initial()
  for (let index = 0; index < ids.length; index++) state = advanceFor('decode', state, ids[index]!)
  if (state.last !== 'end')
    throw new GrammarError('decode', ids.length, 'expected "\\n" at the end of the piece')
}
