import { Composer } from './composer.js'
import { eager } from './eager.js'
import { InvalidOptionError, requireInteger } from './errors.js'
import { requireWordIds } from './ids.js'
import type { Model } from './model.js'
import { weightsInOrder } from './parameters.js'
import { createStreams } from './random.js'
import { Row, type RowOptions } from './row.js'
import { requireSampling } from './sampling.js'
import { requireSteering, type Steering, steeringArrays } from './steering.js'
import { makeTables } from './tables.js'
import type { Engine } from './types.js'

/** What {@link stream} takes. */
export interface StreamOptions<State> extends RowOptions<State> {
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** Ids that begin every piece and are not repeated in the result; an end-of-piece id at their end is left out. */
  readonly prime?: ArrayLike<number>
  /** What is done to some units while the model composes, and reads the prime. */
  readonly steering?: Steering
  /** By default {@link eager} with the backend tfjs has set. */
  readonly engine?: Engine
  readonly signal?: AbortSignal
}

/** What {@link generate} takes. */
export interface GenerateOptions<State> extends StreamOptions<State> {
  /** `B`, how many pieces are composed side by side. Piece `i` is the same whatever `count` is. Default 1. */
  readonly count?: number
  /** Called now and then with the words composed so far, over all pieces, and with all of them in the end. */
  readonly onProgress?: (words: number) => void
}

/** Few rows are composed in blocks of several words, where the engine makes that worth while. */
const blockSteps = 16
const mostBlockRows = 4

function checkedPrime<State>(options: StreamOptions<State>, vocabularySize: number): readonly number[] {
  const prime = Array.from(options.prime ?? [])
  if (prime.length > 0) requireWordIds('generate.prime', [prime], vocabularySize)
  if (prime.at(-1) === options.endOfPiece) prime.pop()
  if (prime.includes(options.endOfPiece)) {
    throw new InvalidOptionError('generate.prime', 'one piece', 'several: an end of piece stands within')
  }
  return prime
}

/** Reads a prime in every row, and gives the state before its last word. */
async function readPrime(composer: Composer, prime: readonly number[], signal?: AbortSignal) {
  const { rows } = composer.options
  for (const id of prime) {
    signal?.throwIfAborted()
    await composer.run(new Int32Array(rows).fill(id), new Float32Array(rows))
  }
  return composer.state()
}

/** Yields the words that each row has made since the last time. */
async function* composeRows<State>(
  model: Model,
  options: StreamOptions<State>,
  count: number
): AsyncGenerator<readonly (readonly number[])[]> {
  const { config } = model
  const { endOfPiece, signal, seed, steering } = options
  requireSampling(options)
  requireInteger('generate.count', count, 1)
  requireInteger('generate.endOfPiece', endOfPiece, 0, config.vocabularySize - 1)
  if (options.words !== undefined) requireInteger('generate.words', options.words, 1)
  if (options.maxWords !== undefined) requireInteger('generate.maxWords', options.maxWords, 1)
  if (steering !== undefined) requireSteering(steering, config.units, count)
  const prime = checkedPrime(options, config.vocabularySize)
  const rows = createStreams(seed, count).map(
    random => new Row(options, config.vocabularySize, prime, random)
  )

  const engine = options.engine ?? (await eager())
  const tables = await makeTables(engine, config, weightsInOrder(config, model.weights))
  const composerOf = (steps: number) =>
    Composer.create(engine, config, tables, {
      rows: count,
      steps,
      sampling: options,
      steering: steering && steeringArrays(steering, config.units)
    })
  const steps = engine.compiles && count <= mostBlockRows ? blockSteps : 1
  const composer = await composerOf(steps)
  try {
    const read = [endOfPiece, ...prime]
    const next = new Int32Array(count).fill(read.at(-1)!)
    if (prime.length > 0) {
      const reader = steps === 1 ? composer : await composerOf(1)
      try {
        composer.start(await readPrime(reader, read.slice(0, -1), signal))
      } finally {
        if (reader !== composer) reader.dispose()
      }
    }
    const draws = new Float32Array(steps * count)
    while (rows.some(row => !row.done)) {
      signal?.throwIfAborted()
      for (const [index, row] of rows.entries()) {
        row.lookAhead(draws.subarray(index * steps, (index + 1) * steps))
      }
      const block = await composer.run(next, draws)
      const made = rows.map((row, index) => row.take(block, index, count))
      composer.keep(made.map(words => Math.max(words.length, 1)))
      for (const [index, words] of made.entries()) next[index] = words.at(-1) ?? endOfPiece
      yield made
    }
  } finally {
    composer.dispose()
  }
}

/**
 * Composes one piece and yields each id as it comes, the end-of-piece id included.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 */
export async function* stream<State>(model: Model, options: StreamOptions<State>): AsyncGenerator<number> {
  for await (const [words] of composeRows(model, options, 1)) yield* words!
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
  for await (const made of composeRows(model, options, count)) {
    for (const [row, words] of made.entries()) {
      pieces[row]!.push(...words)
      total += words.length
    }
    onProgress?.(total)
  }
  return pieces.map(piece => Uint16Array.from(piece))
}
