import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { eager } from './eager.js'
import { InvalidOptionError, requireInteger } from './errors.js'
import { requireWordIds } from './ids.js'
import type { Model } from './model.js'
import { network } from './network.js'
import { parameterNames, parameterSpecs } from './parameters.js'
import { createStreams, type Random } from './random.js'
import { requireSampling, type SamplingOptions, sample } from './sampling.js'
import type { Engine, Handle, ModelConfig, Program, Value } from './types.js'
import { release, upload } from './upload.js'

/** Which words may follow a prefix. `@vgm/encoding`'s `grammar` fits. */
export interface Grammar<State> {
  /** The state of the empty prefix. */
  initial(): State
  /** The state after one more word. */
  next(state: State, id: number): State
  /** Writes 1 where a word may follow and 0 elsewhere; `mask` has length `V`. */
  allowed(state: State, mask: Uint8Array): void
}

/** What {@link stream} takes. */
export interface StreamOptions<State> extends SamplingOptions {
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** If given, every word is one it allows. */
  readonly grammar?: Grammar<State>
  /** Ids that begin every piece and are not repeated in the result; an end-of-piece id at their end is left out. */
  readonly prime?: ArrayLike<number>
  /** If given, pieces do not end before this many words, and are cut there. */
  readonly words?: number
  /** Where a piece that does not end by itself is cut. Default 4,000 words. */
  readonly maxWords?: number
  /** By default {@link eager} with the backend tfjs has set. */
  readonly engine?: Engine
  readonly signal?: AbortSignal
}

/** What {@link generate} takes. */
export interface GenerateOptions<State> extends StreamOptions<State> {
  /** `B`, how many pieces are composed side by side. Piece `i` is the same whatever `count` is. Default 1. */
  readonly count?: number
  /** Called after each time step with the words composed so far, over all pieces. */
  readonly onProgress?: (words: number) => void
}

const defaultMaxWords = 4000

function compileStep(engine: Engine, config: ModelConfig, rows: number): Promise<Program> {
  const state = { shape: [rows, config.units], dtype: 'float32' } as const
  return engine.compile(
    (...inputs: Tensor[]) => {
      const model = network(inputs.slice(0, parameterNames.length))
      const [h, c, ids] = inputs.slice(parameterNames.length) as [Tensor2D, Tensor2D, Tensor1D]
      const next = model.step(ids, { h, c })
      return [model.logits(next.h), next.h, next.c]
    },
    [...parameterSpecs(config), state, state, { shape: [rows], dtype: 'int32' }]
  )
}

/** One piece in the making. */
class Row<State> {
  #state: State | undefined
  readonly #mask: Uint8Array
  words = 0
  done = false

  constructor(
    readonly options: StreamOptions<State>,
    vocabularySize: number,
    prime: readonly number[],
    readonly random: Random
  ) {
    this.#mask = new Uint8Array(vocabularySize).fill(1)
    this.#state = options.grammar?.initial()
    for (const id of prime) this.#advance(id)
  }

  #advance(id: number): void {
    const { grammar } = this.options
    if (grammar !== undefined) this.#state = grammar.next(this.#state as State, id)
  }

  /** Draws the next word from `[V]` logits. */
  draw(logits: Float32Array): number {
    const { grammar, endOfPiece, words, maxWords = defaultMaxWords } = this.options
    if (grammar === undefined) this.#mask.fill(1)
    else grammar.allowed(this.#state as State, this.#mask)
    if (words !== undefined) this.#mask[endOfPiece] = 0
    const id = sample(logits, this.#mask, this.options, this.random)
    this.#advance(id)
    this.words++
    this.done = id === endOfPiece || this.words >= (words ?? maxWords)
    return id
  }
}

function checkedPrime<State>(options: StreamOptions<State>, vocabularySize: number): readonly number[] {
  const prime = Array.from(options.prime ?? [])
  if (prime.length > 0) requireWordIds('generate.prime', [prime], vocabularySize)
  if (prime.at(-1) === options.endOfPiece) prime.pop()
  if (prime.includes(options.endOfPiece)) {
    throw new InvalidOptionError('generate.prime', 'one piece', 'several: an end of piece stands within')
  }
  return prime
}

/** Yields, for each time step, the word of every row; a row that has ended yields −1. */
async function* composeRows<State>(
  model: Model,
  options: StreamOptions<State>,
  count: number
): AsyncGenerator<Int32Array> {
  const { config } = model
  const { endOfPiece, signal, seed } = options
  requireSampling(options)
  requireInteger('generate.count', count, 1)
  requireInteger('generate.endOfPiece', endOfPiece, 0, config.vocabularySize - 1)
  if (options.words !== undefined) requireInteger('generate.words', options.words, 1)
  if (options.maxWords !== undefined) requireInteger('generate.maxWords', options.maxWords, 1)
  const prime = checkedPrime(options, config.vocabularySize)
  const rows = createStreams(seed, count).map(
    random => new Row(options, config.vocabularySize, prime, random)
  )

  const engine = options.engine ?? (await eager())
  const parameters = await upload(engine, config, model.weights)
  const program = await compileStep(engine, config, count).catch((error: unknown) => {
    release(parameters)
    throw error
  })
  let carried: readonly Handle[] = []
  const read = async (ids: Int32Array): Promise<Float32Array> => {
    const zero = () => new Float32Array(count * config.units)
    const state: readonly Value[] = carried.length === 0 ? [zero(), zero()] : carried
    const [logits, h, c] = await program.run([...parameters, ...state, ids])
    release(carried)
    carried = [h!, c!]
    const values = (await logits!.read()) as Float32Array
    logits!.dispose()
    return values // (B, V)
  }

  try {
    let logits = await read(new Int32Array(count).fill(endOfPiece))
    for (const id of prime) {
      signal?.throwIfAborted()
      logits = await read(new Int32Array(count).fill(id))
    }
    const words = new Int32Array(count)
    while (true) {
      signal?.throwIfAborted()
      for (const [index, row] of rows.entries()) {
        const start = index * config.vocabularySize
        words[index] = row.done ? -1 : row.draw(logits.subarray(start, start + config.vocabularySize))
      }
      yield words
      if (rows.every(row => row.done)) return
      logits = await read(words.map(id => (id < 0 ? endOfPiece : id)))
    }
  } finally {
    release(carried)
    release(parameters)
    program.dispose()
  }
}

/**
 * Composes one piece and yields each id as it comes, the end-of-piece id included.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 */
export async function* stream<State>(model: Model, options: StreamOptions<State>): AsyncGenerator<number> {
  for await (const words of composeRows(model, options, 1)) yield words[0]!
}

/**
 * Composes pieces side by side.
 *
 * @returns The ids of each piece without the prime. A piece that was cut lacks the end-of-piece id.
 * @throws {InvalidOptionError} if an option is out of range.
 */
export async function generate<State>(model: Model, options: GenerateOptions<State>): Promise<Uint16Array[]> {
  const { count = 1, onProgress } = options
  const pieces = Array.from({ length: count }, (): number[] => [])
  let total = 0
  for await (const words of composeRows(model, options, count)) {
    for (const [row, piece] of pieces.entries()) {
      const id = words[row]!
      if (id < 0) continue
      piece.push(id)
      total++
    }
    onProgress?.(total)
  }
  return pieces.map(piece => Uint16Array.from(piece))
}
