import { MlstmError } from './errors.js'
import { requireIds } from './ids.js'
import { permutation, type Random } from './random.js'
import type { WindowShape } from './train-step.js'

/** The pieces to learn from. */
export interface TrainingData {
  /** The number of pieces. */
  readonly size: number
  /**
   * The ids of one piece, with the end-of-piece id last. Asked anew in every epoch, so it may vary the piece by chance;
   * all chance must come from `random`.
   */
  piece(index: number, random: Random): ArrayLike<number>
}

/** Pieces to learn from that do not have to be in memory together: every epoch reads one shard after another. */
export interface ShardedData {
  /** The number of pieces in all shards. */
  readonly size: number
  /** The number of shards. */
  readonly shards: number
  /** Reads shard `index`, from 0. */
  shard(index: number): Promise<TrainingData>
}

/** Data as shards: as they are, or as a single one. */
export function inShards(data: TrainingData | ShardedData): ShardedData {
  return 'shard' in data ? data : { size: data.size, shards: 1, shard: async () => data }
}

/** The words of one shard, cut into lanes that run side by side. */
export interface Lanes {
  /** The number of windows in each lane. */
  readonly windows: number
  /** Window `k`: the ids read and the ids that follow them, each `[T, B]`. */
  windowAt(k: number): { readonly ids: Int32Array; readonly targets: Int32Array }
}

/**
 * All pieces in random order as one stream that begins with an end-of-piece id, as every piece does for the model.
 *
 * @param words.endOfPiece The id that ends a piece.
 * @throws {InvalidOptionError} if a word is not in the vocabulary.
 */
export function shuffledStream(
  data: TrainingData,
  words: { readonly endOfPiece: number; readonly vocabularySize: number },
  random: Random
): Uint16Array {
  const pieces = permutation(data.size, random).map(index => {
    const piece = data.piece(index, random)
    requireIds(`train.data.piece(${index})`, piece, words.vocabularySize)
    return piece
  })
  const stream = new Uint16Array(pieces.reduce((total, piece) => total + piece.length, 1))
  stream[0] = words.endOfPiece
  let end = 1
  for (const piece of pieces) {
    stream.set(piece, end)
    end += piece.length
  }
  return stream
}

/**
 * Cuts a stream into `B` contiguous lanes, and each lane into windows of `T` words. What does not fill a window, less than
 * `B · (T + 1)` words, is left out.
 *
 * @throws {MlstmError} with code `too-few-words` if not even one window can be filled.
 */
export function cutLanes(stream: Uint16Array, { lanes, window }: WindowShape): Lanes {
  const laneLength = Math.floor((stream.length - 1) / lanes)
  const windows = Math.floor(laneLength / window)
  if (windows === 0) {
    throw new MlstmError(
      'too-few-words',
      `training on ${lanes} lanes of ${window} words needs ${lanes * window} words, got ${stream.length - 1}: ` +
        'use fewer lanes, a shorter window or more music'
    )
  }
  return {
    windows,
    windowAt(k) {
      const ids = new Int32Array(window * lanes)
      const targets = new Int32Array(window * lanes)
      for (let t = 0; t < window; t++) {
        for (let lane = 0; lane < lanes; lane++) {
          const position = lane * laneLength + k * window + t
          ids[t * lanes + lane] = stream[position]!
          targets[t * lanes + lane] = stream[position + 1]!
        }
      }
      return { ids, targets }
    }
  }
}
