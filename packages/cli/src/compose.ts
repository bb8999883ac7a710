import { closePiece, decode, type GrammarState, grammar, transpose, vocabulary } from '@vgm/encoding'
import {
  createRandom,
  type Engine,
  type Grammar,
  generate,
  type Model,
  type SamplingOptions,
  type Steering
} from '@vgm/mlstm'
import { leastContinuation } from './defaults.js'
import { CommandError } from './errors.js'
import { toMidiPiece } from './midi-piece.js'
import type { WrittenPiece } from './write-pieces.js'

/** What is to be composed. */
export interface Commission extends SamplingOptions {
  readonly count: number
  readonly seed: number
  /** After so many new words pieces are brought to their end; by default they end where the model ends them. */
  readonly words?: number
  /** How many new words a piece has at most. */
  readonly maxWords: number
  /** The ids of a piece that every composed one begins with. */
  readonly prime?: Uint16Array
  /** What is done to units of the model meanwhile. */
  readonly steering?: Steering
  /** How far the composed pieces are moved, in semitones; `any` lets the seed decide for each, from −5 to 6. */
  readonly transposition: number | 'any'
  /** Whether the model may only write what makes sense. */
  readonly usesGrammar: boolean
  readonly engine: Engine
  readonly signal: AbortSignal
  /** Called with the number of words so far, over all pieces. */
  readonly onProgress: (words: number) => void
}

const endOfPiece = vocabulary.idOf('\n')
/** One for each pitch class. */
const keys = 12
const endOfStep = vocabulary.idOf('.')

/** The grammar of pieces that begin with a sound and have more than `words` words. */
function grammarOfPiecesBeyond(words: number): Grammar<GrammarState> {
  return {
    ...grammar,
    allowed(state, mask) {
      grammar.allowed(state, mask)
      const isSilent = state.duration < 0
      if (isSilent) mask[endOfStep] = 0
      if (state.length < words) mask[endOfPiece] = 0
    }
  }
}

/**
 * Composes pieces, each brought to its end, as MIDI files.
 *
 * @throws {CommandError} if a piece has no note.
 */
export async function compose(model: Model, commission: Commission): Promise<WrittenPiece[]> {
  const { usesGrammar, prime, transposition, ...options } = commission
  const beginning = prime?.at(-1) === endOfPiece ? prime.subarray(0, -1) : (prime ?? new Uint16Array())
  const least = beginning.length === 0 ? 0 : beginning.length + leastContinuation
  const pieces = await generate(model, {
    ...options,
    endOfPiece,
    prime: beginning,
    ...(usesGrammar && { grammar: grammarOfPiecesBeyond(least) })
  })
  const random = createRandom(commission.seed)
  return pieces.map(ids => {
    const semitones = transposition === 'any' ? random.below(keys) - 5 : transposition
    return finish(Uint16Array.from([...beginning, ...ids]), usesGrammar, semitones)
  })
}

function finish(ids: Uint16Array, isGrammatical: boolean, semitones: number): WrittenPiece {
  if (decode(ids).notes.length === 0) {
    throw new CommandError('a piece without notes came out: allow more --words, or take another --seed')
  }
  const piece = isGrammatical ? closePiece(ids) : ids
  const midi = toMidiPiece(transpose(decode(piece, { strict: isGrammatical }), semitones), piece.length)
  return semitones === 0 ? midi : { ...midi, transposed: semitones }
}
