import {
  add,
  expandDims,
  mul,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  zeros
} from '@tensorflow/tfjs-core'
import type { CellState } from './cell.js'
import { type Network, timeSteps } from './network.js'
import { readValue } from './read-value.js'
import { release } from './release.js'
import { makeTables, type Tables, tableNetwork, tableSpecs } from './tables.js'
import type { Engine, Handle, ModelConfig, Program, TensorSpec, Value } from './types.js'

/** Rows read together, and words read per run at most. */
const batchRows = 32
const longestWindow = 64

/** How a long reading is watched. */
export interface ReadingWatch {
  /** Called after each run with the number of words read so far. */
  readonly onProgress?: (words: number) => void
  /** Stops the reading with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Sequences to be read from the zero state, and what is wanted of them. */
export interface Reading {
  readonly inputs: readonly ArrayLike<number>[]
  /** What follows each word, if that is to be predicted. */
  readonly targets?: readonly ArrayLike<number>[]
  /** Whether cell states are added up over the words. */
  readonly isSummed?: boolean
}

/**
 * What was read: the final cell state of each sequence, `[N, H]`, its cell states after every word added up, `[N, H]` (empty
 * if that was not asked for), and its summed cross-entropy in nats, `[N]`.
 */
export interface ReadingResult {
  readonly cells: Float32Array
  readonly sums: Float64Array
  readonly losses: Float64Array
}

function mix(mask: Tensor2D, next: Tensor2D, old: Tensor2D): Tensor2D {
  return add(old, mul(mask, sub(next, old))) as Tensor2D
}

/** What a window is read for; what is not asked for is not computed. */
interface ReadingKind {
  /** `T`. */
  readonly window: number
  readonly predicts: boolean
  readonly isSummed: boolean
}

/** Reads `[T, B]` words; where the mask is 0 a row's state, loss and sum stay as they are. */
function readWindow(
  model: Network,
  ids: Tensor,
  targets: Tensor | undefined,
  mask: Tensor,
  start: CellState,
  isSummed: boolean
) {
  const masks = timeSteps(mask)
  const followers = targets === undefined ? [] : timeSteps(targets)
  let state = start
  let loss = zeros([ids.shape[1]!]) as Tensor1D
  let sum: Tensor2D | undefined
  for (const [t, word] of timeSteps(ids).entries()) {
    const next = model.step(word, state)
    const column = expandDims(masks[t]!, 1) as Tensor2D // (B, 1)
    state = { h: next.h, c: mix(column, next.c, state.c) } // a row that has ended shows nothing any more
    if (isSummed) {
      const shown = mul(column, state.c) as Tensor2D
      sum = sum === undefined ? shown : (add(sum, shown) as Tensor2D)
    }
    const follower = followers[t]
    if (follower !== undefined) {
      loss = add(loss, mul(masks[t]!, model.crossEntropy(next.h, follower))) as Tensor1D
    }
  }
  return [loss, state.h, state.c, ...(sum === undefined ? [] : [sum])]
}

function compileReader(
  engine: Engine,
  config: ModelConfig,
  tables: Tables,
  { predicts, isSummed, window }: ReadingKind
): Promise<Program> {
  const words: TensorSpec = { shape: [window, batchRows], dtype: 'int32' }
  const state: TensorSpec = { shape: [batchRows, config.units], dtype: 'float32' }
  const mask: TensorSpec = { ...words, dtype: 'float32' }
  const specs = [...tableSpecs(config), state, state, mask, words, ...(predicts ? [words] : [])]
  const read = (...inputs: Tensor[]) => {
    const [h, c, masks, ids, targets] = inputs.slice(tables.length) as [
      Tensor2D,
      Tensor2D,
      Tensor,
      Tensor,
      Tensor?
    ]
    const model = tableNetwork(inputs.slice(0, tables.length))
    return readWindow(model, ids, targets, masks, { h, c }, isSummed)
  }
  return engine.compile(read, specs, { constants: tables })
}

/** The words of one window of a batch as `[T, B]`, 0 past a row's end. */
function slab<T extends Int32Array | Float32Array>(
  array: T,
  rows: readonly ArrayLike<number>[],
  start: number
): T {
  const window = array.length / batchRows
  for (const [row, sequence] of rows.entries()) {
    const end = Math.min(window, sequence.length - start)
    for (let t = 0; t < end; t++) array[t * batchRows + row] = sequence[start + t]!
  }
  return array
}

/**
 * Reads every sequence from the zero state, in batches of like length.
 *
 * @param parameters Host arrays or handles of the engine, in program order.
 * @returns Results in the order of the sequences, the same however they are batched.
 */
export async function readSequences(
  engine: Engine,
  config: ModelConfig,
  parameters: readonly Value[],
  { inputs, targets, isSummed = false }: Reading,
  { onProgress, signal }: ReadingWatch = {}
): Promise<ReadingResult> {
  const units = config.units
  const tables = await makeTables(engine, config, parameters)
  const longest = inputs.reduce((most, { length }) => Math.max(most, length), 1)
  const window = Math.min(longest, longestWindow)
  const kind = { window, predicts: targets !== undefined, isSummed }
  const program = await compileReader(engine, config, tables, kind)
  const cells = new Float32Array(inputs.length * units)
  const sums = new Float64Array(isSummed ? cells.length : 0)
  const losses = new Float64Array(inputs.length)
  const order = inputs.map((_, index) => index).sort((a, b) => inputs[b]!.length - inputs[a]!.length || a - b)
  const words = () => new Int32Array(window * batchRows)
  let wordsRead = 0
  try {
    for (let first = 0; first < order.length; first += batchRows) {
      const indices = order.slice(first, first + batchRows)
      const rows = indices.map(index => inputs[index]!)
      const followers = targets && indices.map(index => targets[index]!)
      const ones = rows.map(row => new Uint8Array(row.length).fill(1))
      let state: readonly Value[] = [new Float32Array(batchRows * units), new Float32Array(batchRows * units)]
      let owned: readonly Handle[] = []
      try {
        for (let start = 0; start < rows[0]!.length; start += window) {
          signal?.throwIfAborted()
          const mask = slab(new Float32Array(window * batchRows), ones, start)
          const given = [slab(words(), rows, start), ...(followers ? [slab(words(), followers, start)] : [])]
          const results = await program.run([...state, mask, ...given])
          release(owned)
          owned = results
          const [loss, h, c, sum] = results
          state = [h!, c!]
          const batchLosses = await loss!.read()
          for (const [row, index] of indices.entries()) losses[index]! += batchLosses[row]!
          if (sum !== undefined) {
            const windowSums = await sum.read()
            for (const [row, index] of indices.entries()) {
              for (let unit = 0; unit < units; unit++) {
                sums[index * units + unit]! += windowSums[row * units + unit]!
              }
            }
          }
          wordsRead += rows.reduce(
            (sum, { length }) => sum + Math.min(window, Math.max(0, length - start)),
            0
          )
          onProgress?.(wordsRead)
        }
        const last = (await readValue(state[1]!)) as Float32Array
        for (const [row, index] of indices.entries()) {
          cells.set(last.subarray(row * units, (row + 1) * units), index * units)
        }
      } finally {
        release(owned)
      }
    }
  } finally {
    program.dispose()
  }
  return { cells, sums, losses }
}
