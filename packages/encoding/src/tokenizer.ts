import type { MidiWarning } from './midi/defects.js'
import type { ParseOptions } from './midi/parse-midi.js'
import type { Score } from './score/types.js'

/** A fixed, ordered list of words. */
export interface Vocabulary {
  readonly name: string
  /** Number of words, `V`. */
  readonly size: number
  /** The words; a word's index is its id. */
  readonly words: readonly string[]
  /** `sha256:` and the hex digest of the words joined by a space, so that a model can refuse another vocabulary. */
  readonly hash: string
  /**
   * The id of a word.
   *
   * @throws {UnknownWordError} if the word is not in the vocabulary.
   */
  idOf(word: string): number
}

/** Decides, token by token, what may come next in a sequence. */
export interface Constraint<State> {
  /** The state of an empty sequence. */
  initial(): State
  /**
   * The state after one more token; the given one is not modified.
   *
   * @throws {GrammarError} if the token is not allowed.
   */
  next(state: State, id: number): State
  /** Fills `mask`, shape `[V]`, with 1 for each token that may come next and 0 for the others. */
  allowed(state: State, mask: Uint8Array): void
}

/** A tempo that the words of a vocabulary cannot say. */
export interface TempoWarning {
  readonly code: 'TEMPO_CLAMPED'
  /** The problem, its place, and the repair, as one sentence. */
  readonly message: string
  /** The first tempo out of range, in quarters per minute as the score has it. */
  readonly tempoBpm: number
  /** Its tick in the score. */
  readonly tick: number
  /** The number of tempos that are out of range. */
  readonly count: number
}

/** Options of {@link Tokenizer.encode}. Those of `parseMidi` apply when it is given bytes. */
export interface EncodeOptions extends ParseOptions {
  /** Called with what is repaired or ignored in a file, and with a tempo that is clamped. */
  readonly onWarning?: (warning: MidiWarning | TempoWarning) => void
  /** Longest piece, in time steps. Default 1,048,576 (36 hours at 120 bpm). */
  readonly maxSteps?: number
  /** Leave out the empty bars before the first note. Default `false`. */
  readonly trimStart?: boolean
  /**
   * The treatment of a tempo outside 24…160 bpm. `'clamp'` (default): it counts as the nearest within, and the piece takes
   * longer or shorter. `'fit'`: the whole piece gets a beat longer or shorter by a power of two, so that it keeps its
   * time; 320 bpm become 160 and every quarter an eighth. What no such beat brings within is clamped.
   */
  readonly tempo?: 'clamp' | 'fit'
  /**
   * `'sounding'` (default): the duration nearest to the time that a note is held. `'written'`: a note held for five sixths
   * of a length with no or one dot, or longer, gets that length, as players and notation programs let go a little early.
   */
  readonly durations?: 'sounding' | 'written'
}

/** Options of {@link Tokenizer.decode}. */
export interface DecodeOptions {
  /** Refuse what `encode` could not have produced. Default `false`. */
  readonly strict?: boolean
}

/**
 * Decodes a piece part by part, while its tokens are still coming: push tokens, and take the score of what they said so far.
 *
 * Each part takes over tempo, velocity and sounding notes from the one before. Laid end to end, the parts
 * are the score that {@link Tokenizer.decode} gives for all the tokens.
 */
export interface PartDecoder {
  /** How many ticks the tokens have covered since the last {@link PartDecoder.take}. */
  readonly ticks: number
  /**
   * Reads the next token; what follows the end of the piece is ignored.
   *
   * @throws {UnknownIdError} if the number is no token's id.
   */
  push(id: number): void
  /**
   * The score of the tokens since the last call, from tick 0 on: the notes that begin there, at full length even if they
   * sound on after the part's end, the tempo at its beginning and every change within. Call it where time has just moved on.
   */
  take(): Score
}

/** Tells of tokens that come one by one which are certain to be part of the piece, wherever it is cut off and closed. */
export interface PieceCloser {
  /**
   * Reads the next token.
   *
   * @returns The tokens that are certain from now on, in their order: this one and those that waited for it; none while it is
   *   part of a tail that {@link Tokenizer.close} would leave out.
   * @throws {GrammarError} if the token is not allowed here.
   * @throws {UnknownIdError} if the number is no token's id.
   */
  push(id: number): number[]
  /**
   * The tokens that end the piece here, after those that are certain.
   *
   * @throws {GrammarError} if the piece has no note.
   */
  end(): number[]
}

/**
 * Music as tokens of one vocabulary and back. Whatever trains a model or composes with it takes one of these, and knows no
 * vocabulary by name.
 */
export interface Tokenizer<State = unknown> {
  readonly vocabulary: Vocabulary
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** The ticks per quarter note of the scores that `decode` gives. */
  readonly ticksPerQuarter: number
  /** A sequence is allowed from its beginning to `endOfPiece` exactly if `encode` can produce it. */
  readonly grammar: Constraint<State>
  /** A piece as ids, shape `[T]`, the last of them `endOfPiece`. */
  encode(source: Uint8Array | Score, options?: EncodeOptions): Uint16Array
  /** The score of a piece, or of the beginning of one. */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): Score
  /** Begins to decode a piece part by part. */
  decodeParts(): PartDecoder
  /** Ends a piece that was cut off. */
  close(ids: ArrayLike<number>): Uint16Array
  /** Begins to close a piece whose tokens come one by one. */
  closer(): PieceCloser
  /**
   * How far a token moves time on, in the ticks of decoded scores; 0 for most. The sum over the tokens so far is the tick from
   * which the tokens to come are heard: what lies before it is complete.
   */
  ticksOf(id: number): number
  /** Whether a token strikes a note. */
  isNote(id: number): boolean
}
