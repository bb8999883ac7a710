import { permutation, type Random } from '@vgm/base'

/** Lengths are multiples of this, so that few programs serve sequences of all lengths. */
const lengthStep = 64

/** The length to which a sequence is padded. */
function paddedLength({ length }: ArrayLike<number>): number {
  return lengthStep * Math.max(1, Math.ceil(length / lengthStep))
}

/** Sequences that are read side by side, by their indices. */
export interface Group {
  readonly indices: readonly number[]
  /** `T`, to which they are padded. */
  readonly words: number
}

/**
 * Full groups of like length, but for the last to be cut, in random order.
 *
 * @param batch `B`.
 */
export function shuffledGroups(
  sequences: readonly ArrayLike<number>[],
  batch: number,
  random: Random
): Group[] {
  const order = permutation(sequences.length, random).sort(
    (a, b) => paddedLength(sequences[a]!) - paddedLength(sequences[b]!)
  )
  const groups: Group[] = []
  for (let first = 0; first < order.length; first += batch) {
    const indices = order.slice(first, first + batch)
    groups.push({ indices, words: paddedLength(sequences[indices.at(-1)!]!) })
  }
  return permutation(groups.length, random).map(k => groups[k]!)
}

/** Groups in which every sequence is padded to its own length, so that its result depends on no other. */
export function groupsByLength(sequences: readonly ArrayLike<number>[], batch: number): Group[] {
  const byLength = new Map<number, number[]>()
  for (const [index, sequence] of sequences.entries()) {
    const words = paddedLength(sequence)
    const indices = byLength.get(words)
    if (indices === undefined) byLength.set(words, [index])
    else indices.push(index)
  }
  return [...byLength].flatMap(([words, indices]) =>
    Array.from({ length: Math.ceil(indices.length / batch) }, (_, k) => ({
      indices: indices.slice(k * batch, (k + 1) * batch),
      words
    }))
  )
}

/** How sequences of unlike length are filled up. */
export interface Padding {
  /** The id that fills. */
  readonly id: number
  /** Whether it comes before a sequence or after it. */
  readonly side: 'start' | 'end'
}

/** The words of a group as `[T, B]`. */
export function groupIds(
  sequences: readonly ArrayLike<number>[],
  { indices, words }: Group,
  batch: number,
  { id, side }: Padding
): Int32Array {
  const ids = new Int32Array(words * batch).fill(id)
  for (const [row, index] of indices.entries()) {
    const sequence = sequences[index]!
    const first = side === 'start' ? words - sequence.length : 0
    for (let t = 0; t < sequence.length; t++) ids[(first + t) * batch + row] = sequence[t]!
  }
  return ids
}
