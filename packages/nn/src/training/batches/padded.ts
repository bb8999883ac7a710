import { requireInteger } from '@vgm/base'
import type { Specs } from '../../engines/named-program.js'
import type { HostArray, TensorSpec } from '../../engines/types.js'
import { sizeOf } from '../../weights.js'
import { inShards, type ShardedData, shuffledPieces, type ToldPiece, type TrainingData } from './data.js'
import { groupIds, shuffledGroups } from './padding.js'
import type { BatchSource } from './source.js'

/** How {@link paddedBatches} cuts music. */
export interface PaddedOptions {
  /** `B`. */
  readonly batch: number
  /** The most words that are read together. */
  readonly window: number
  /** The id that ends a piece; it also fills rows up. */
  readonly endOfPiece: number
  readonly vocabularySize: number
  /** What the model is told beside each word, per row: the architecture's `inputs`. Default: nothing. */
  readonly inputs?: Specs
}

/** A stretch of a piece that is read together. */
interface Part {
  readonly piece: ToldPiece
  /** Its first word. */
  readonly first: number
  /** What is read: the word before each, an end of piece before the first. */
  readonly read: ArrayLike<number>
  /** What is to be predicted. */
  readonly targets: ArrayLike<number>
}

function cutPiece(piece: ToldPiece, window: number, endOfPiece: number): Part[] {
  const words = Array.from(piece.ids)
  const read = [endOfPiece, ...words.slice(0, -1)]
  return Array.from({ length: Math.ceil(words.length / window) }, (_, k) => {
    const [first, end] = [k * window, (k + 1) * window]
    return { piece, first, read: read.slice(first, end), targets: words.slice(first, end) }
  })
}

/**
 * Batches for models that look back instead of carrying a state: each piece, an end-of-piece id before it, is cut into parts of
 * at most `window` words; parts of like length are read side by side, padded to one. A batch has `ids` and `targets`, `[T, B]`
 * int32; `weights`, `[T, B]`, 1 for a word that is to be predicted and 0 for padding; and what the model is told.
 */
export function paddedBatches(data: TrainingData | ShardedData, options: PaddedOptions): BatchSource {
  const { size, shards, shard } = inShards(data)
  const { batch, window, vocabularySize, endOfPiece, inputs = {} } = options
  requireInteger('train', 'batch', batch, 1)
  requireInteger('train', 'window', window, 1)
  requireInteger('train', 'endOfPiece', endOfPiece, 0, vocabularySize - 1)
  return {
    size,
    batch,
    shards,
    settings: { batch, window },
    async shard(index, random) {
      const pieces = shuffledPieces(await shard(index), vocabularySize, random)
      const parts = pieces.flatMap(piece => cutPiece(piece, window, endOfPiece))
      const read = parts.map(part => part.read)
      const targets = parts.map(part => part.targets)
      const groups = shuffledGroups(targets, batch, random)
      const padding = { id: endOfPiece, side: 'end' } as const
      return {
        length: groups.length,
        at(k) {
          const group = groups[k]!
          const words: TensorSpec = { shape: [group.words, batch], dtype: 'int32' }
          const rows = group.indices.map(index => parts[index]!)
          const weights = new Float32Array(group.words * batch)
          for (const [row, part] of rows.entries()) {
            for (let t = 0; t < part.targets.length; t++) weights[t * batch + row] = 1
          }
          const told = Object.entries(inputs).map(([name, { shape, dtype }]) => {
            const spec: TensorSpec = { shape: [group.words, batch, ...shape], dtype }
            return { name, spec, values: toldRows(name, spec, rows) }
          })
          return {
            specs: {
              ids: words,
              targets: words,
              weights: { ...words, dtype: 'float32' },
              ...Object.fromEntries(told.map(({ name, spec }) => [name, spec]))
            },
            values: {
              ids: groupIds(read, group, batch, padding),
              targets: groupIds(targets, group, batch, padding),
              weights,
              ...Object.fromEntries(told.map(({ name, values }) => [name, values]))
            },
            words: rows.reduce((total, part) => total + part.targets.length, 0),
            startsFresh: true,
            fullness: 1
          }
        }
      }
    }
  }
}

/** What is told beside the words of each row, `[T, B, …]`, 0 past a row's end. */
function toldRows(name: string, { shape, dtype }: TensorSpec, rows: readonly Part[]): HostArray {
  const [, batch, ...each] = shape as [number, number, ...number[]]
  const width = sizeOf(each)
  const values = dtype === 'int32' ? new Int32Array(sizeOf(shape)) : new Float32Array(sizeOf(shape))
  for (const [row, { piece, first, targets }] of rows.entries()) {
    const told = piece.inputs[name]!
    for (let t = 0; t < targets.length; t++) {
      for (let n = 0; n < width; n++) {
        values[(t * batch + row) * width + n] = told[(first + t) * width + n]!
      }
    }
  }
  return values
}
