import { type PartDecoder, type PieceCloser, type Score, type Tokenizer, transpose } from '@vgm/encoding'
import { type OpenedModel, stream } from '@vgm/nn'
import { ShortPieceError } from './errors.js'
import type { StreamOptions } from './options.js'
import { isShort } from './piece.js'
import { beginningOf, drawingOf, requireOneEnd, transpositionsOf } from './plan.js'
import { barTicksOf, ticksOf, tokenizerOf } from './tokenizer-of.js'

const caller = 'stream'

/** Composes a piece and yields each bar when it is complete. */
export async function* streamBars(opened: OpenedModel, options: StreamOptions): AsyncGenerator<Score> {
  const { model } = opened
  const tokenizer = tokenizerOf(model, caller)
  requireOneEnd(caller, options)
  const [semitones = 0] = transpositionsOf(caller, options, 1)
  const beginning = beginningOf(tokenizer, options)
  const bars = new BarReader(tokenizer, options.withoutPrime ? ticksOf(tokenizer, beginning) : 0)
  const moved = function* (scores: Iterable<Score>) {
    for (const score of scores) yield transpose(score, semitones)
  }
  for (const id of beginning) yield* moved(bars.read(id))
  let notes = 0
  let last = -1
  for await (const id of stream(opened, drawingOf(model, tokenizer, options, beginning))) {
    last = id
    if (tokenizer.isNote(id)) notes++
    if (id !== tokenizer.endOfPiece) yield* moved(bars.read(id))
  }
  if (notes > 0) yield* moved(bars.end())
  if (isShort(notes, options)) {
    throw new ShortPieceError(caller, notes, last === tokenizer.endOfPiece)
  }
}

/** Makes bars of tokens that come one by one. A token counts when it is certain to stay: silence when a note follows it. */
class BarReader {
  readonly #decoder: PartDecoder
  readonly #closer: PieceCloser
  readonly #barTicks: number
  #skipped: number

  /** @param skipped How many ticks there are before the first bar. */
  constructor(tokenizer: Tokenizer, skipped: number) {
    this.#decoder = tokenizer.decodeParts()
    this.#closer = tokenizer.closer()
    this.#barTicks = barTicksOf(tokenizer)
    this.#skipped = skipped
  }

  *read(id: number): Generator<Score> {
    for (const certain of this.#closer.push(id)) yield* this.#decode(certain)
  }

  /** The rest of the piece: until its last note has sounded out. */
  *end(): Generator<Score> {
    for (const id of this.#closer.end()) yield* this.#decode(id)
    if (this.#decoder.ticks > 0) yield this.#decoder.take()
  }

  *#decode(id: number): Generator<Score> {
    const before = this.#decoder.ticks
    this.#decoder.push(id)
    const { ticks } = this.#decoder
    if (ticks === before) return
    if (this.#skipped === 0) {
      if (ticks >= this.#barTicks) yield this.#decoder.take()
    } else if (ticks >= this.#skipped) {
      this.#decoder.take()
      this.#skipped = 0
    }
  }
}
