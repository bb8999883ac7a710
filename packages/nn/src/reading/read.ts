import type { Cancel, Watch } from '@vgm/base'
import type { SequenceArchitecture, SequenceConfig } from '../architecture.js'
import { readValue, release } from '../engines/handles.js'
import { type NamedProgram, prefixed, type Specs } from '../engines/named-program.js'
import type { Handle, HostArray, TensorSpec, Value } from '../engines/types.js'
import { sizeOf, zeros } from '../weights.js'
import { type ReadingKind, readerRows, readoutWidth } from './reader.js'

/** Words read per run at most. */
const longestWindow = 64

/** How a long reading is watched and stopped. */
export interface ReadingWatch extends Cancel, Watch {}

/** Sequences to be read from the zero state, and what is wanted of them. */
export interface Reading {
  readonly ids: readonly ArrayLike<number>[]
  /** What follows each word, if that is to be predicted. */
  readonly targets?: readonly ArrayLike<number>[]
  /** What the model is told beside each word that is read: for each sequence, by name, row-major `[T, …]`. */
  readonly inputs?: readonly Readonly<Record<string, HostArray>>[]
  /** Whether the readout is added up over the words. */
  readonly isSummed?: boolean
}

/**
 * What was read: the last readout of each sequence, `[N, H]`, its readouts after every word added up, `[N, H]` (empty if that
 * was not asked for), and its summed cross-entropy in nats, `[N]`.
 */
export interface ReadingResult {
  readonly last: Float32Array
  readonly sums: Float64Array
  readonly losses: Float64Array
}

/** The rows of one window of a batch as `[T, B, …]`, 0 past a row's end. */
function slab(spec: TensorSpec, rows: readonly ArrayLike<number>[], start: number): HostArray {
  const array =
    spec.dtype === 'int32' ? new Int32Array(sizeOf(spec.shape)) : new Float32Array(sizeOf(spec.shape))
  const [window, batch, ...shape] = spec.shape as [number, number, ...number[]]
  const width = sizeOf(shape)
  for (const [row, sequence] of rows.entries()) {
    const end = Math.min(window, sequence.length / width - start)
    for (let t = 0; t < end; t++) {
      for (let n = 0; n < width; n++) {
        array[(t * batch + row) * width + n] = sequence[(start + t) * width + n]!
      }
    }
  }
  return array
}

/** What kind of window suits a reading. */
export function kindOf({ ids, targets, isSummed = false }: Reading): ReadingKind {
  const longest = ids.reduce((most, { length }) => Math.max(most, length), 1)
  return { window: Math.min(longest, longestWindow), predicts: targets !== undefined, isSummed }
}

/**
 * Reads every sequence from the zero state, in batches of like length.
 *
 * @param program Of the reading's kind.
 * @param weights What the program takes besides, by name; none if its weights are constants.
 * @returns Results in the order of the sequences, the same however they are batched.
 */
export async function readWith<Config extends SequenceConfig>(
  program: NamedProgram,
  architecture: SequenceArchitecture<Config>,
  config: Config,
  reading: Reading,
  {
    signal,
    onProgress,
    weights = {}
  }: ReadingWatch & { readonly weights?: Readonly<Record<string, Value>> } = {}
): Promise<ReadingResult> {
  const { ids, targets, inputs = [] } = reading
  const { window, isSummed } = kindOf(reading)
  const width = readoutWidth(architecture, config)
  const last = new Float32Array(ids.length * width)
  const sums = new Float64Array(isSummed ? last.length : 0)
  const losses = new Float64Array(ids.length)
  const order = ids.map((_, index) => index).sort((a, b) => ids[b]!.length - ids[a]!.length || a - b)
  const told = Object.keys(architecture.inputs(config))
  const specs: Specs = program.inputs
  const total = ids.reduce((sum, { length }) => sum + length, 0)
  let done = 0

  for (let first = 0; first < order.length; first += readerRows) {
    const indices = order.slice(first, first + readerRows)
    const rows = indices.map(index => ids[index]!)
    const ones = rows.map(row => new Uint8Array(row.length).fill(1))
    let carried: Readonly<Record<string, Value>> = {
      ...prefixed('state', zeros(architecture.state(config), readerRows)),
      last: new Float32Array(readerRows * width)
    }
    let owned: readonly Handle[] = []
    try {
      for (let start = 0; start < rows[0]!.length; start += window) {
        signal?.throwIfAborted()
        const given: Record<string, HostArray> = {
          mask: slab(specs.mask!, ones, start),
          ids: slab(specs.ids!, rows, start)
        }
        if (targets !== undefined) {
          const followers = indices.map(index => targets[index]!)
          given.targets = slab(specs.targets!, followers, start)
        }
        for (const name of told) {
          const beside = indices.map(index => inputs[index]![name]!)
          given[`input.${name}`] = slab(specs[`input.${name}`]!, beside, start)
        }
        const { loss, sum, ...next } = await program.run({ ...weights, ...carried, ...given })
        release(owned)
        owned = [...Object.values(next), loss!, ...(sum === undefined ? [] : [sum])]
        carried = next
        addRows(losses, indices, 1, await loss!.read())
        if (sum !== undefined) addRows(sums, indices, width, await sum.read())
        done += rows.reduce((sum, { length }) => sum + Math.min(window, Math.max(0, length - start)), 0)
        onProgress?.({ phase: 'reading', done, total, unit: 'words' })
      }
      const values = (await readValue(carried.last!)) as Float32Array
      for (const [row, index] of indices.entries()) {
        last.set(values.subarray(row * width, (row + 1) * width), index * width)
      }
    } finally {
      release(owned)
    }
  }
  return { last, sums, losses }
}

/** Adds the rows of a batch to those of their sequences. */
function addRows(to: Float64Array, indices: readonly number[], width: number, rows: HostArray): void {
  for (const [row, index] of indices.entries()) {
    for (let n = 0; n < width; n++) to[index * width + n]! += rows[row * width + n]!
  }
}
