import {
  type Cancel,
  createRandom,
  InvalidOptionError,
  requireInteger,
  requireNumber,
  type Watch
} from '@vgm/base'
import type { SequenceConfig } from '../architecture.js'
import type { Loan, OpenedModel } from '../open.js'
import { parameterCount } from '../weights.js'
import { type BlockOptions, BlockRunner, blockFunction, blockKey, rowsOf, settleFunction } from './block.js'
import { requireFiniteStates } from './finite-states.js'
import { GrowingPiece, type PieceOptions } from './growing-piece.js'
import { requireWordIds } from './ids.js'
import { type HeldInputs, requireHeld, sliceHeld } from './inputs.js'
import { PieceGroup } from './piece-group.js'
import { requireSampling } from './sampling.js'

/** Options of {@link stream}. */
export interface StreamOptions<State> extends PieceOptions<State>, Cancel {
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The index of the first piece in the seed's series, from 0. Default 0. */
  readonly first?: number
  /** Ids that begin every piece and are not repeated in the result; an end-of-piece id at their end is left out. */
  readonly prime?: ArrayLike<number>
  /** What the model is told throughout, such as a steering, also while it reads the prime. */
  readonly held?: HeldInputs
}

/** Options of {@link generate}. */
export interface GenerateOptions<State> extends StreamOptions<State>, Watch {
  /** How many pieces are composed. A piece depends on its index in the series alone. Default 1. */
  readonly count?: number
}

/** Few rows are composed in blocks of several words, where the engine makes that worth while. */
export const blockSteps = 16
const mostBlockRows = 4
/** Blocks read all their states back: with more numbers than these in a row's state that costs more than it saves. */
const mostBlockState = 16_384

/** So many rows side by side are fastest: a step's numbers then stay in the processor's cache. */
const mostRows = 512
/** Rows with a large state gain little from one another, and cost as much when they are done: they go in small groups. */
const mostLargeRows = 8

function checkedPrime<State>(options: StreamOptions<State>, vocabularySize: number): readonly number[] {
  const prime = Array.from(options.prime ?? [])
  if (prime.length > 0) requireWordIds('generate', 'prime', [prime], vocabularySize)
  if (prime.at(-1) === options.endOfPiece) prime.pop()
  if (prime.includes(options.endOfPiece)) {
    const shown = 'several: an end of piece stands within'
    throw new InvalidOptionError('generate', 'prime', 'one piece', prime, shown)
  }
  return prime
}

function requireOptions<State>(
  options: StreamOptions<State>,
  { vocabularySize }: SequenceConfig,
  count: number
): void {
  requireSampling('generate', options)
  requireInteger('generate', 'first', options.first ?? 0, 0)
  requireInteger('generate', 'count', count, 1)
  requireInteger('generate', 'endOfPiece', options.endOfPiece, 0, vocabularySize - 1)
  if (options.words !== undefined) requireInteger('generate', 'words', options.words, 1)
  if (options.maxWords !== undefined) requireInteger('generate', 'maxWords', options.maxWords, 1)
  requireHeld('generate', options.held ?? {}, count)
  const { guidance } = options
  if (guidance === undefined) return
  requireNumber('generate', 'guidance.weight', guidance.weight, 0)
  requireHeld('generate', options.held ?? {}, 1)
}

/**
 * Yields the words that each row has made since the last time.
 *
 * @param end Called with the groups when all rows are done; they have gone step by step then.
 */
async function* composeRows<Config extends SequenceConfig, State>(
  opened: OpenedModel<Config>,
  options: StreamOptions<State>,
  count: number,
  end?: (groups: readonly PieceGroup<Config, State>[]) => Promise<void>
): AsyncGenerator<readonly (readonly number[])[]> {
  const { architecture, config, engine, weights } = opened
  const { endOfPiece, signal, seed, first: firstPiece = 0, held = {} } = options
  requireOptions(options, config, count)
  const prime = checkedPrime(options, config.vocabularySize)
  const series = createRandom(seed).fork('pieces')
  const rows = Array.from({ length: count }, (_, k) => {
    const index = firstPiece + k
    return new GrowingPiece(options, config.vocabularySize, series.fork(index), index)
  })
  const isSmall = parameterCount(architecture.state(config)) <= mostBlockState
  const most = isSmall ? mostRows : mostLargeRows
  const width = Math.ceil(count / Math.ceil(count / most))
  const optionsOf = (steps: number, first = 0): BlockOptions => ({
    batch: width,
    steps,
    sampling: options,
    held: sliceHeld(held, first, width),
    guidance: options.guidance?.weight
  })
  const isTold = Object.keys(architecture.inputs(config)).length > 0
  // In blocks rows do not end together, and what is told depends on the word before.
  const canBlock =
    engine.compiles && !isTold && architecture.settling === undefined && options.guidance === undefined
  const inBlocks = canBlock && count <= mostBlockRows && isSmall && end === undefined
  const steps = inBlocks ? blockSteps : 1
  const groups: PieceGroup<Config, State>[] = []
  const loans: Loan[] = []
  const borrow = async (steps: number) => {
    const options = optionsOf(steps)
    const block = opened.borrow(blockKey(options), () =>
      blockFunction(architecture, config, weights, options)
    )
    const rows = rowsOf(options)
    const settle =
      architecture.settling &&
      opened.borrow(`settle ${rows}`, () => settleFunction(architecture, config, rows))
    for (const loan of await Promise.allSettled([block, settle])) {
      if (loan.status === 'fulfilled' && loan.value !== undefined) loans.push(loan.value)
    }
    return { block: (await block).program, settle: (await settle)?.program }
  }
  try {
    // At once: a model that is disposed meanwhile lets what has begun come to its end.
    const borrowed = [borrow(steps), ...(prime.length > 0 && steps > 1 ? [borrow(1)] : [])]
    await Promise.allSettled(borrowed)
    const [programs, reader = programs!] = await Promise.all(borrowed)
    for (let first = 0; first < count; first += width) {
      const runner = new BlockRunner(programs!, architecture, config, optionsOf(steps, first))
      const group = new PieceGroup(runner, rows.slice(first, first + width), endOfPiece)
      groups.push(group)
      if (prime.length === 0) continue
      await group.read(prime, new BlockRunner(reader, architecture, config, optionsOf(1, first)), signal)
    }
    while (rows.some(row => !row.done)) {
      const made: number[][] = []
      for (const group of groups) made.push(...(await group.advance(signal)))
      yield made
    }
    await end?.(groups)
  } finally {
    for (const { runner } of groups) runner.dispose()
    for (const loan of loans) loan.release()
  }
}

/**
 * Composes one piece and yields each id as it comes, the end-of-piece id included.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is not finite, as that of a model whose training diverged.
 */
export async function* stream<Config extends SequenceConfig, State>(
  opened: OpenedModel<Config>,
  options: StreamOptions<State>
): AsyncGenerator<number> {
  for await (const [words] of composeRows(opened, options, 1)) yield* words!
}

/** The pieces of {@link composeRows}. */
async function collectPieces<State>(
  rows: AsyncIterable<readonly (readonly number[])[]>,
  { count = 1, words: wordsEach, onProgress }: GenerateOptions<State>
): Promise<Uint16Array[]> {
  const pieces = Array.from({ length: count }, (): number[] => [])
  let done = 0
  for await (const made of rows) {
    for (const [row, words] of made.entries()) {
      pieces[row]!.push(...words)
      done += words.length
    }
    onProgress?.({
      phase: 'composing',
      done,
      ...(wordsEach !== undefined && { total: count * wordsEach }),
      unit: 'words'
    })
  }
  return pieces.map(piece => Uint16Array.from(piece))
}

/**
 * Composes pieces side by side: those of the indices `first`, `first + 1`, … of the seed's series. Each is the one that it is
 * alone, or among any others.
 *
 * @returns The ids of each piece without the prime. A piece that was cut lacks the end-of-piece id.
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is not finite, as that of a model whose training diverged.
 */
export function generate<Config extends SequenceConfig, State>(
  opened: OpenedModel<Config>,
  options: GenerateOptions<State>
): Promise<Uint16Array[]> {
  return collectPieces(composeRows(opened, options, options.count ?? 1), options)
}

/**
 * Composes pieces of so many words side by side, and gives the readout state of the model after the last word of each: what
 * {@link readStates} gives for an end of piece, the prime and the piece, but with the held inputs.
 *
 * @returns The ids of each piece without the prime, and the states, row-major `[count, H]`.
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {NotFiniteError} if the model's prediction is not finite, as that of a model whose training diverged.
 */
export async function generateWithStates<Config extends SequenceConfig, State>(
  opened: OpenedModel<Config>,
  options: GenerateOptions<State> & { readonly words: number }
): Promise<{ pieces: Uint16Array[]; states: Float32Array }> {
  const parts: Float32Array[] = []
  const count = options.count ?? 1
  const rows = composeRows(opened, options, count, async groups => {
    for (const group of groups) parts.push(await group.readouts())
  })
  const pieces = await collectPieces(rows, options)
  const states = new Float32Array(parts.reduce((total, { length }) => total + length, 0))
  let end = 0
  for (const part of parts) {
    states.set(part, end)
    end += part.length
  }
  requireFiniteStates(states, states.length / count, 'piece')
  return { pieces, states }
}
