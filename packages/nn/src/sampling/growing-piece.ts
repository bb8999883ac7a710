import type { Random } from '@vgm/base'
import { NotFiniteError } from '../errors.js'
import type { Block } from './block.js'
import type { SideInputs } from './inputs.js'
import { type SamplingOptions, sample } from './sampling.js'

/** Which tokens may follow a prefix. The grammars of `@vgm/encoding` fit. */
export interface Constraint<State> {
  /** The state of the empty prefix. */
  initial(): State
  /** The state after one more token. */
  next(state: State, id: number): State
  /** Writes 1 where a token may follow and 0 elsewhere; `mask` has length `V`. */
  allowed(state: State, mask: Uint8Array): void
}

/** What decides over the words of a piece, besides the model. */
export interface PieceOptions<State> extends SamplingOptions {
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** If given, every word is one it allows; a function gives each piece its own, by its index in the series. */
  readonly grammar?: Constraint<State> | ((index: number) => Constraint<State>)
  /** If given, pieces do not end before this many words, and are cut there. */
  readonly words?: number
  /** Where a piece that does not end by itself is cut. Default 4,000 words. */
  readonly maxWords?: number
  /** What the model is told beside each word of a piece, by the piece's index in the series. */
  readonly inputs?: (index: number) => SideInputs
  /** Moves every prediction away from what the model would say if it were told something else. */
  readonly guidance?: Guidance | undefined
}

/** What predictions are moved away from, and how far. */
export interface Guidance {
  /** 0 changes nothing; 1 moves the logits as far again as the two predictions differ. */
  readonly weight: number
  /** What the model is told for comparison, as when it is told nothing. */
  readonly inputs: (index: number) => SideInputs
}

const defaultMaxWords = 4000

/** Multiples of this are exact in float32, and no rounding of a product carries them to 1. */
const resolution = 2 ** 23

/** Throws unless words can be drawn: a logit may be minus infinity, that of a word that never comes, but not all. */
function requirePrediction(logits: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]!
    if (!(logit < Number.POSITIVE_INFINITY)) throw new NotFiniteError("the model's prediction")
    if (logit > highest) highest = logit
  }
  if (highest === Number.NEGATIVE_INFINITY) throw new NotFiniteError("the model's prediction")
}

/**
 * One piece in the making.
 *
 * Each word takes two numbers of the row's own generator. The first draws from the model's whole prediction, which can happen
 * before it is known what the grammar allows; if that word is not allowed, the second draws among those that are. Together
 * that is the prediction, shared out among the allowed words: `p(w) + p(not allowed) · p(w) / p(allowed) = p(w) / p(allowed)`.
 *
 * With `topK` or `topP` it is not quite that: the first draw is among the likeliest of all words, the second among the
 * likeliest of the allowed ones. An allowed word that is among the likeliest of all comes more often than by the second draw
 * alone, another allowed word less often. Both are words that the options admit.
 */
export class GrowingPiece<State> {
  readonly #grammar: Constraint<State> | undefined
  #state: State | undefined
  /** What the row is told, and with guidance what it is guided away from. */
  readonly #inputs: readonly SideInputs[]
  #told: unknown[]
  readonly #mask: Uint8Array
  /** Pairs drawn for the words to come. */
  readonly #draws: (readonly [number, number])[] = []
  #words = 0
  done = false

  constructor(
    readonly options: PieceOptions<State>,
    readonly vocabularySize: number,
    readonly random: Random,
    /** The piece's index in the series. */
    index: number
  ) {
    this.#mask = new Uint8Array(vocabularySize).fill(1)
    const { grammar } = options
    this.#grammar = typeof grammar === 'function' ? grammar(index) : grammar
    this.#state = this.#grammar?.initial()
    this.#inputs = [options.inputs?.(index), options.guidance?.inputs(index)].filter(
      inputs => inputs !== undefined
    )
    this.#told = this.#inputs.map(inputs => inputs.initial())
  }

  /** Goes on behind a word that is given rather than drawn. */
  advance(id: number): void {
    if (this.#grammar !== undefined) this.#state = this.#grammar.next(this.#state as State, id)
    this.#told = this.#inputs.map((inputs, k) => inputs.next(this.#told[k], id))
  }

  /** What the model is told beside the next word; `1`: in the row that it is guided away from. */
  told(row: 0 | 1): Readonly<Record<string, number | ArrayLike<number>>> {
    return this.#inputs[row]?.values(this.#told[row]) ?? {}
  }

  /** Which words may come next. */
  #allowed(): Uint8Array {
    const { endOfPiece, words } = this.options
    if (this.#grammar === undefined) this.#mask.fill(1)
    else this.#grammar.allowed(this.#state as State, this.#mask)
    if (words !== undefined) this.#mask[endOfPiece] = 0
    return this.#mask
  }

  /** Writes the draws of the next words. */
  lookAhead(draws: Float32Array): void {
    while (this.#draws.length < draws.length) {
      this.#draws.push([Math.floor(this.random.next() * resolution) / resolution, this.random.next()])
    }
    for (let step = 0; step < draws.length; step++) draws[step] = this.#draws[step]![0]
  }

  /** The words of a block that stand: up to the first that was not allowed, which is drawn anew, or to the piece's end. */
  take({ ids, logits }: Block, index: number, rows: number): number[] {
    const taken: number[] = []
    for (let at = index; at < ids.length && !this.done; at += rows) {
      const proposed = ids[at]!
      const prediction = logits.subarray(at * this.vocabularySize, (at + 1) * this.vocabularySize)
      requirePrediction(prediction)
      const [, second] = this.#draws.shift()!
      const allowed = this.#allowed()
      const id = allowed[proposed] ? proposed : sample(prediction, this.options, second, allowed)
      const { endOfPiece, words, maxWords = defaultMaxWords } = this.options
      this.advance(id)
      this.#words++
      this.done = id === endOfPiece || this.#words >= (words ?? maxWords)
      taken.push(id)
      if (id !== proposed) break
    }
    return taken
  }
}
