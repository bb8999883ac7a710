import { decode, PieceCloser, type Score, ScoreDecoder, transpose, vocabulary } from '@vgm/encoding'
import { type Engine, type Model, stream } from '@vgm/mlstm'
import { ShortPieceError } from './errors.js'
import type { StreamOptions } from './options.js'
import { countSteps, isShort } from './piece.js'
import { beginningOf, drawingOf, transpositionsOf } from './plan.js'

const caller = 'stream'
const endOfPiece = vocabulary.idOf('\n')
const endOfStep = vocabulary.idOf('.')
const highestNote = vocabulary.idOf('n_127')
/** The words know no time signature: every bar is one of 4/4. */
const stepsPerBar = 16

/** Composes a piece and yields each bar when it is complete. */
export async function* streamBars(
  model: Model,
  engine: Engine,
  options: StreamOptions
): AsyncGenerator<Score> {
  const [semitones = 0] = transpositionsOf(caller, options, 1)
  const beginning = beginningOf(options)
  const bars = new BarReader(semitones, options.withoutPrime ? countSteps(beginning) : 0)
  for (const id of beginning) yield* bars.read(id)
  let last = -1
  for await (const id of stream(model, { ...drawingOf(options, beginning, true), engine })) {
    yield* bars.read(id)
    last = id
  }
  const notes = bars.notes - decode(beginning).notes.length
  if (notes > 0) yield* bars.end()
  if (isShort(notes, options.words)) throw new ShortPieceError(caller, notes, last === endOfPiece)
}

/** Makes bars of words. A word counts when it is certain to stay: silence when a note follows it. */
class BarReader {
  readonly #decoder = new ScoreDecoder()
  readonly #closer = new PieceCloser()
  #steps = 0
  /** The notes so far. */
  notes = 0

  /**
   * @param semitones How far the bars are moved.
   * @param skipped The time steps before the first bar.
   */
  constructor(
    readonly semitones: number,
    readonly skipped: number
  ) {}

  *read(id: number): Generator<Score> {
    for (const word of this.#closer.push(id)) yield* this.#decode(word)
  }

  /** The rest of the piece: until its last note has sounded out. */
  *end(): Generator<Score> {
    for (const word of this.#closer.end()) yield* this.#decode(word)
    if (this.#decoder.ticks > 0) yield this.#take()
  }

  *#decode(id: number): Generator<Score> {
    this.#decoder.push(id)
    if (id <= highestNote) this.notes++
    if (id !== endOfStep) return
    this.#steps++
    if (this.#steps === this.skipped) this.#decoder.take()
    else if (this.#steps > this.skipped && (this.#steps - this.skipped) % stepsPerBar === 0)
      yield this.#take()
  }

  #take(): Score {
    return transpose(this.#decoder.take(), this.semitones)
  }
}
