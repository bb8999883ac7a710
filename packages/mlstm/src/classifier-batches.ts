import { permutation, type Random } from './random.js'

/** Lengths are multiples of this, so that few programs serve for sequences of all lengths. */
const lengthStep = 64

/** The length to which a sequence is padded. */
function paddedLength({ length }: ArrayLike<number>): number {
  return lengthStep * Math.max(1, Math.ceil(length / lengthStep))
}

/** Sequences that are read side by side, by their indices. */
export interface Batch {
  readonly indices: readonly number[]
  /** `T`. */
  readonly words: number
}

/**
 * Full batches of like length, but for the last to be cut, in random order: which sequences meet, and when, is chance.
 *
 * @param rows `B`.
 */
export function shuffledBatches(
  sequences: readonly ArrayLike<number>[],
  rows: number,
  random: Random
): Batch[] {
  const order = permutation(sequences.length, random).sort(
    (a, b) => paddedLength(sequences[a]!) - paddedLength(sequences[b]!)
  )
  const batches: Batch[] = []
  for (let first = 0; first < order.length; first += rows) {
    const indices = order.slice(first, first + rows)
    batches.push({ indices, words: paddedLength(sequences[indices.at(-1)!]!) })
  }
  return permutation(batches.length, random).map(k => batches[k]!)
}

/** Batches in which every sequence is padded to its own length, so that its result depends on no other. */
export function batchesByLength(sequences: readonly ArrayLike<number>[], rows: number): Batch[] {
  const byLength = new Map<number, number[]>()
  for (const [index, sequence] of sequences.entries()) {
    const words = paddedLength(sequence)
    const indices = byLength.get(words)
    if (indices === undefined) byLength.set(words, [index])
    else indices.push(index)
  }
  return [...byLength].flatMap(([words, indices]) =>
    Array.from({ length: Math.ceil(indices.length / rows) }, (_, k) => ({
      indices: indices.slice(k * rows, (k + 1) * rows),
      words
    }))
  )
}

/** What sequences of unlike length are filled up with. */
export interface Filling {
  /** The id that fills. */
  readonly padding: number
  /** Whether it comes before a sequence or after it. */
  readonly side: 'start' | 'end'
}

/** The words of a batch as `[T, B]`. */
export function batchIds(
  sequences: readonly ArrayLike<number>[],
  { indices, words }: Batch,
  rows: number,
  { padding, side }: Filling
): Int32Array {
  const ids = new Int32Array(words * rows).fill(padding)
  for (const [row, index] of indices.entries()) {
    const sequence = sequences[index]!
    const first = side === 'start' ? words - sequence.length : 0
    for (let t = 0; t < sequence.length; t++) ids[(first + t) * rows + row] = sequence[t]!
  }
  return ids
}
