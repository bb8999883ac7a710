import { type Random, requireInteger } from '@vgm/base'
import type { Specs } from '../../engines/named-program.js'
import type { HostArray, TensorSpec } from '../../engines/types.js'
import { TooFewWordsError } from '../../errors.js'
import { sizeOf } from '../../weights.js'
import { inShards, type ShardedData, shuffledPieces, type ToldPiece, type TrainingData } from './data.js'
import type { Batch, BatchSource, ShardBatches } from './source.js'

/** How {@link laneBatches} cuts music. */
export interface LaneOptions {
  /** `B`, the lanes that are read side by side. */
  readonly batch: number
  /** `T`, the words after which the gradient is cut. */
  readonly window: number
  /** The id that ends a piece. */
  readonly endOfPiece: number
  readonly vocabularySize: number
  /** What the model is told beside each word, per row: the architecture's `inputs`. Default: nothing. */
  readonly inputs?: Specs
}

/** All pieces one after another, and what is told beside each word. */
export interface Stream {
  /** Begins with an end-of-piece id, as every piece does for the model. */
  readonly ids: Uint16Array
  /** Row-major; row `t` is told when word `t + 1` of `ids` is to be predicted. */
  readonly inputs: Readonly<Record<string, HostArray>>
}

/**
 * Batches for models that carry a state: each epoch shuffles the pieces into one stream, cuts it into `B` contiguous lanes, and
 * walks through them window by window. A batch has `ids` and `targets`, `[T, B]` int32; `carries`, `[T, B]`, which is 0 where
 * a word begins a piece, so that nothing is carried over from the one before, and 1 elsewhere; and what the model is told.
 */
export function laneBatches(data: TrainingData | ShardedData, options: LaneOptions): BatchSource {
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
    async shard(index: number, random: Random): Promise<ShardBatches> {
      const pieces = shuffledPieces(await shard(index), vocabularySize, random)
      return cutLanes(joined(pieces, endOfPiece, inputs), options)
    }
  }
}

/** Pieces as one stream. */
export function joined(pieces: readonly ToldPiece[], endOfPiece: number, specs: Specs): Stream {
  const length = pieces.reduce((total, { ids }) => total + ids.length, 0)
  const ids = new Uint16Array(length + 1)
  ids[0] = endOfPiece
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, arrayOf(spec, length * sizeOf(spec.shape))])
  )
  let end = 0
  for (const piece of pieces) {
    ids.set(piece.ids, end + 1)
    for (const [name, { shape }] of Object.entries(specs)) {
      inputs[name]!.set(piece.inputs[name]!, end * sizeOf(shape))
    }
    end += piece.ids.length
  }
  return { ids, inputs }
}

function arrayOf({ dtype }: TensorSpec, length: number): HostArray {
  return dtype === 'int32' ? new Int32Array(length) : new Float32Array(length)
}

/**
 * Cuts a stream into `B` contiguous lanes, and each lane into windows of `T` words. What does not fill a window, less than
 * `B · (T + 1)` words, is left out.
 *
 * @throws {TooFewWordsError} if not even one window can be filled.
 */
export function cutLanes(
  { ids: stream, inputs }: Stream,
  { batch, window, endOfPiece, inputs: told = {} }: Omit<LaneOptions, 'vocabularySize'>
): ShardBatches {
  const laneLength = Math.floor((stream.length - 1) / batch)
  const windows = Math.floor(laneLength / window)
  if (windows === 0) throw new TooFewWordsError(batch, window, stream.length - 1)
  const words: TensorSpec = { shape: [window, batch], dtype: 'int32' }
  const specs: Specs = {
    ids: words,
    targets: words,
    carries: { ...words, dtype: 'float32' },
    ...Object.fromEntries(
      Object.entries(told).map(([name, { shape, dtype }]) => [
        name,
        { shape: [window, batch, ...shape], dtype }
      ])
    )
  }
  /** Row-major `[T, B, …]` of window `k`, from rows of the stream that stand `offset` later than the words read. */
  const slab = (k: number, spec: TensorSpec, rows: ArrayLike<number>, offset: number): HostArray => {
    const values = arrayOf(spec, sizeOf(spec.shape))
    const width = values.length / (window * batch)
    for (let t = 0; t < window; t++) {
      for (let lane = 0; lane < batch; lane++) {
        const [to, from] = [(t * batch + lane) * width, (lane * laneLength + k * window + t + offset) * width]
        for (let n = 0; n < width; n++) values[to + n] = rows[from + n]!
      }
    }
    return values
  }
  return {
    length: windows,
    at(k): Batch {
      const ids = slab(k, words, stream, 0)
      const values = {
        ids,
        targets: slab(k, words, stream, 1),
        carries: Float32Array.from(ids, id => (id === endOfPiece ? 0 : 1)),
        ...Object.fromEntries(
          Object.entries(told).map(([name]) => [name, slab(k, specs[name]!, inputs[name]!, 0)])
        )
      }
      return { specs, values, words: window * batch, startsFresh: k === 0, fullness: 1 }
    }
  }
}
