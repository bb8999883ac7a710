import { Composer, compileBlock } from './composer.js'
import { eager } from './eager.js'
import { InvalidOptionError, requireInteger } from './errors.js'
import { requireFiniteStates } from './finite-states.js'
import { requireWordIds } from './ids.js'
import type { Model } from './model.js'
import { weightsInOrder } from './parameters.js'
import { createStreams } from './random.js'
import { Row, type RowOptions } from './row.js'
import { requireSampling } from './sampling.js'
import { requireSteering, type Steering, sliceRows, steeringArrays } from './steering.js'
import { makeTables } from './tables.js'
import type { Engine, Program } from './types.js'

/** What {@link stream} takes. */
export interface StreamOptions<State> extends RowOptions<State> {
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The index of the first piece in the seed's series, from 0. Default 0. */
  readonly first?: number
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
  /** `B`, how many pieces are composed side by side. A piece depends on its index in the series alone. Default 1. */
  readonly count?: number
  /** Called now and then with the words composed so far, over all pieces, and with all of them in the end. */
  readonly onProgress?: (words: number) => void
}

/** Few rows are composed in blocks of several words, where the engine makes that worth while. */
const blockSteps = 16
const mostBlockRows = 4

/** So many rows side by side are fastest: a step's numbers then stay in the processor's cache. */
const mostRows = 512

function checkedPrime<State>(options: StreamOptions<State>, vocabularySize: number): readonly number[] {
  const prime = Array.from(options.prime ?? [])
  if (prime.length > 0) requireWordIds('generate.prime', [prime], vocabularySize)
  if (prime.at(-1) === options.endOfPiece) prime.pop()
  if (prime.includes(options.endOfPiece)) {
    throw new InvalidOptionError('generate.prime', 'one piece', 'several: an end of piece stands within')
  }
  return prime
}

/** Rows that are composed side by side. */
interface Group<State> {
  readonly composer: Composer
  /** The pieces; in the last group they may be fewer than the composer's rows. */
  readonly rows: readonly Row<State>[]
  readonly draws: Float32Array
  /** The word that each row reads next. */
  readonly next: Int32Array
}

/** Reads words in every row, and gives the state after them. */
async function readWords(composer: Composer, ids: readonly number[], signal?: AbortSignal) {
  const { rows } = composer.options
  try {
    for (const id of ids) {
      signal?.throwIfAborted()
      await composer.run(new Int32Array(rows).fill(id), new Float32Array(rows))
    }
    return await composer.state()
  } finally {
    composer.dispose()
  }
}

/** The words that a group's rows make in one run; none where all are done. */
async function advance<State>(
  { composer, rows, draws, next }: Group<State>,
  endOfPiece: number,
  signal?: AbortSignal
): Promise<number[][]> {
  signal?.throwIfAborted()
  if (rows.every(row => row.done)) return rows.map(() => [])
  const { rows: width, steps } = composer.options
  for (const [index, row] of rows.entries()) row.lookAhead(draws.subarray(index * steps, (index + 1) * steps))
  const block = await composer.run(next, draws)
  const made = rows.map((row, index) => row.take(block, index, width))
  composer.keep(made.map(words => Math.max(words.length, 1)))
  for (const [index, words] of made.entries()) next[index] = words.at(-1) ?? endOfPiece
  return made
}

/** The cell states of a group's pieces after the last of their words, `[rows, H]`; all must have ended together. */
async function cellStates<State>({ composer, rows, draws, next }: Group<State>): Promise<Float32Array> {
  await composer.run(next, draws)
  const [, c] = await composer.state()
  return (c as Float32Array).subarray(0, rows.length * composer.config.units)
}

/**
 * Yields the words that each row has made since the last time.
 *
 * @param end Called with the groups when all rows are done; they have gone step by step then.
 */
async function* composeRows<State>(
  model: Model,
  options: StreamOptions<State>,
  count: number,
  end?: (groups: readonly Group<State>[]) => Promise<void>
): AsyncGenerator<readonly (readonly number[])[]> {
  const { config } = model
  const { endOfPiece, signal, seed, first: firstPiece = 0, steering } = options
  requireSampling(options)
  requireInteger('generate.first', firstPiece, 0)
  requireInteger('generate.count', count, 1)
  requireInteger('generate.endOfPiece', endOfPiece, 0, config.vocabularySize - 1)
  if (options.words !== undefined) requireInteger('generate.words', options.words, 1)
  if (options.maxWords !== undefined) requireInteger('generate.maxWords', options.maxWords, 1)
  if (steering !== undefined) requireSteering(steering, config.units, count)
  const prime = checkedPrime(options, config.vocabularySize)
  const rows = createStreams(seed, count, firstPiece).map(
    random => new Row(options, config.vocabularySize, prime, random)
  )

  const engine = options.engine ?? (await eager())
  const tables = await makeTables(engine, config, weightsInOrder(config, model.weights))
  const groupCount = Math.ceil(count / mostRows)
  const width = Math.ceil(count / groupCount)
  const arrays = steering && steeringArrays(steering, config.units)
  const optionsOf = (steps: number, first = 0) => ({
    rows: width,
    steps,
    sampling: options,
    steering: arrays && sliceRows(arrays, first, width)
  })
  // In blocks rows do not end together.
  const steps = engine.compiles && count <= mostBlockRows && end === undefined ? blockSteps : 1
  const groups: Group<State>[] = []
  const programs: Program[] = []
  const compile = async (steps: number) => {
    const program = await compileBlock(engine, config, tables, optionsOf(steps))
    programs.push(program)
    return program
  }
  try {
    const program = await compile(steps)
    const reader = prime.length > 0 && steps > 1 ? await compile(1) : program
    for (let first = 0; first < count; first += width) {
      const composer = new Composer(program, config, optionsOf(steps, first))
      const draws = new Float32Array(steps * width)
      const next = new Int32Array(width).fill(endOfPiece)
      groups.push({ composer, rows: rows.slice(first, first + width), draws, next })
      if (prime.length === 0) continue
      const before = [endOfPiece, ...prime.slice(0, -1)]
      composer.start(await readWords(new Composer(reader, config, optionsOf(1, first)), before, signal))
      next.fill(prime.at(-1)!)
    }
    while (rows.some(row => !row.done)) {
      const made: number[][] = []
      for (const group of groups) made.push(...(await advance(group, endOfPiece, signal)))
      yield made
    }
    await end?.(groups)
  } finally {
    for (const { composer } of groups) composer.dispose()
    for (const program of programs) program.dispose()
  }
}

/**
 * Composes one piece and yields each id as it comes, the end-of-piece id included.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is no number, as that of a model whose training diverged.
 */
export async function* stream<State>(model: Model, options: StreamOptions<State>): AsyncGenerator<number> {
  for await (const [words] of composeRows(model, options, 1)) yield* words!
}

/** The pieces of {@link composeRows}. */
async function collectPieces<State>(
  rows: AsyncIterable<readonly (readonly number[])[]>,
  { count = 1, onProgress }: GenerateOptions<State>
): Promise<Uint16Array[]> {
  const pieces = Array.from({ length: count }, (): number[] => [])
  let total = 0
  for await (const made of rows) {
    for (const [row, words] of made.entries()) {
      pieces[row]!.push(...words)
      total += words.length
    }
    onProgress?.(total)
  }
  return pieces.map(piece => Uint16Array.from(piece))
}

/**
 * Composes pieces side by side: those of the indices `first`, `first + 1`, … of the seed's series. Each is the one that it is
 * alone, or among any others.
 *
 * @returns The ids of each piece without the prime. A piece that was cut lacks the end-of-piece id.
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is no number, as that of a model whose training diverged.
 */
export function generate<State>(model: Model, options: GenerateOptions<State>): Promise<Uint16Array[]> {
  return collectPieces(composeRows(model, options, options.count ?? 1), options)
}

/**
 * Composes pieces of so many words side by side, and tells the cell state that the model is in after the last word of each:
 * what `finalStates` gives for an end of piece, the prime and the piece, but with the steering on.
 *
 * @returns The ids of each piece without the prime, and the states, row-major `[B, H]`.
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is no number, as that of a model whose training diverged.
 */
export async function generateWithStates<State>(
  model: Model,
  options: GenerateOptions<State> & { readonly words: number }
): Promise<{ pieces: Uint16Array[]; states: Float32Array }> {
  const count = options.count ?? 1
  const states = new Float32Array(count * model.config.units)
  const rows = composeRows(model, options, count, async groups => {
    let end = 0
    for (const group of groups) {
      const cells = await cellStates(group)
      states.set(cells, end)
      end += cells.length
    }
  })
  const pieces = await collectPieces(rows, options)
  requireFiniteStates(states, model.config.units, 'piece')
  return { pieces, states }
}
