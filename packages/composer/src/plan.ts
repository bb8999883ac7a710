import { createRandom, InvalidOptionError, requireInteger } from '@vgm/base'
import type { Tokenizer } from '@vgm/encoding'
import type { StreamOptions as Drawing, Model } from '@vgm/nn'
import { leastContinuation, leastNotes, maxWords, sampling } from './defaults.js'
import type { ComposeOptions, StreamOptions } from './options.js'
import { type PieceState, pieceGrammar } from './piece-grammar.js'
import { heldSteering } from './steering/held-steering.js'
import { strengthen } from './steering/strengthen.js'
import { barTicksOf, countNotes, ticksOf } from './tokenizer-of.js'

/** One for each pitch class. */
const keys = 12
const furthest = 24

/** The ids of a prime without its end, so that the piece can go on. */
export function beginningOf({ endOfPiece }: Tokenizer, { prime = [] }: StreamOptions): Uint16Array {
  const ids = Uint16Array.from(prime)
  return ids.at(-1) === endOfPiece ? ids.subarray(0, -1) : ids
}

/** What `generate` and `stream` of the model take. */
export function drawingOf(
  model: Model,
  tokenizer: Tokenizer,
  options: ComposeOptions & { readonly count?: number },
  beginning: Uint16Array
): Drawing<PieceState> {
  const { seed, first, words, temperature, topK, topP, steering, strength = 1, signal } = options
  const { grammar: usesGrammar = true, count = 1 } = options
  const limits = {
    words: beginning.length === 0 ? 0 : beginning.length + leastContinuation,
    notes: countNotes(tokenizer, beginning) + leastNotes,
    ...(options.bars !== undefined && { endTick: endOf(tokenizer, beginning, options.bars) })
  }
  return {
    ...sampling,
    ...(temperature !== undefined && { temperature }),
    ...(topK !== undefined && { topK }),
    ...(topP !== undefined && { topP }),
    seed,
    endOfPiece: tokenizer.endOfPiece,
    prime: beginning,
    maxWords: options.maxWords ?? maxWords,
    ...(first !== undefined && { first }),
    ...(words !== undefined && { words }),
    ...(usesGrammar && { grammar: pieceGrammar(tokenizer, limits) }),
    ...(steering && { held: heldSteering(model, strengthen(steering, strength), count) }),
    ...(signal && { signal })
  }
}

/** The tick at which so many new bars end: those after the bar in which the beginning ends. */
function endOf(tokenizer: Tokenizer, beginning: Uint16Array, bars: number): number {
  const barTicks = barTicksOf(tokenizer)
  return (Math.ceil(ticksOf(tokenizer, beginning) / barTicks) + bars) * barTicks
}

/**
 * Throws unless the options say in one way where a piece ends.
 *
 * @throws {InvalidOptionError} naming the option.
 */
export function requireOneEnd(caller: string, { bars, words, grammar = true }: ComposeOptions): void {
  if (bars === undefined) return
  requireInteger(caller, 'bars', bars, 1)
  if (words !== undefined) throw new InvalidOptionError(caller, 'words', 'nothing beside bars', words)
  if (!grammar) throw new InvalidOptionError(caller, 'grammar', 'true, which bars need', grammar)
}

/**
 * How far each piece is moved, in semitones.
 *
 * @throws {InvalidOptionError} if `transpose` is out of its range.
 */
export function transpositionsOf(caller: string, options: StreamOptions, count: number): number[] {
  const { seed, first = 0, steering, prime = [] } = options
  const { transpose = steering !== undefined && prime.length === 0 ? 'any' : 0 } = options
  if (typeof transpose === 'number') {
    requireInteger(caller, 'transpose', transpose, -furthest, furthest)
    return new Array<number>(count).fill(transpose)
  }
  if (transpose !== 'any') throw new InvalidOptionError(caller, 'transpose', "an integer or 'any'", transpose)
  const series = createRandom(seed).fork('transpositions')
  return Array.from({ length: count }, (_, k) => series.fork(first + k).below(keys) - 5)
}
