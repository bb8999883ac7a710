import { InvalidOptionError, ShapeError } from '@vgm/base'
import { requireWordIds } from '../../sampling/ids.js'
import { groupIds, type Padding, shuffledGroups } from './padding.js'
import type { BatchSource } from './source.js'

/** Sequences with their labels: 1 for positive, 0 or −1 for negative ones. */
export interface LabelledSequences {
  readonly sequences: readonly ArrayLike<number>[]
  readonly labels: ArrayLike<number>
}

/** How {@link labelledBatches} reads. */
export interface LabelledOptions {
  /** `B`. */
  readonly batch: number
  readonly padding: Padding
}

/**
 * The examples, 1 for positive and 0 for negative ones.
 *
 * @throws {InvalidOptionError} if an id or a label is out of range.
 * @throws {ShapeError} if there are not as many labels as sequences.
 */
export function requireLabelled(
  caller: string,
  option: string,
  { sequences, labels }: LabelledSequences,
  vocabularySize: number
): { readonly sequences: readonly ArrayLike<number>[]; readonly classes: Int32Array } {
  requireWordIds(caller, `${option}sequences`, sequences, vocabularySize)
  if (labels.length !== sequences.length) {
    throw new ShapeError(caller, `${option}labels`, `${sequences.length} values`, labels.length)
  }
  const classes = Int32Array.from(labels, (label, index) => {
    if (label === 1 || label === 0 || label === -1) return label === 1 ? 1 : 0
    throw new InvalidOptionError(caller, `${option}labels[${index}]`, '1, 0 or -1', label)
  })
  return { sequences, classes }
}

/**
 * Batches for classifiers: sequences of like length, padded to one. A batch has `ids`, `[T, B]` int32, `labels`, `[B]` int32,
 * and `weights`, `[B]`: a row's share of the loss, `1 / B`, and 0 where it is there only to fill the batch.
 *
 * @param classes 1 or 0 for each sequence.
 */
export function labelledBatches(
  sequences: readonly ArrayLike<number>[],
  classes: Int32Array,
  { batch, padding }: LabelledOptions
): BatchSource {
  return {
    size: sequences.length,
    batch,
    shards: 1,
    settings: { batch },
    async shard(_, random) {
      const groups = shuffledGroups(sequences, batch, random)
      return {
        length: groups.length,
        at(k) {
          const group = groups[k]!
          const count = group.indices.length
          return {
            specs: {
              ids: { shape: [group.words, batch], dtype: 'int32' },
              labels: { shape: [batch], dtype: 'int32' },
              weights: { shape: [batch], dtype: 'float32' }
            },
            values: {
              ids: groupIds(sequences, group, batch, padding),
              labels: Int32Array.from({ length: batch }, (_, row) => classes[group.indices[row] ?? 0]!),
              weights: Float32Array.from({ length: batch }, (_, row) => (row < count ? 1 / batch : 0))
            },
            words: group.indices.reduce((total, index) => total + sequences[index]!.length, 0),
            startsFresh: true,
            fullness: count / batch
          }
        }
      }
    }
  }
}
