import { permutation, type Random } from '@vgm/base'
import type { HostArray } from '../../engines/types.js'
import { requireIds } from '../../sampling/ids.js'

/** A piece, and what the model is told beside each of its tokens. */
export interface ToldPiece {
  /** The end-of-piece id last. */
  readonly ids: ArrayLike<number>
  /**
   * By the name of the model's input: a row of numbers for each token, row-major `[T, …]`. Row `t` is told when token `t` is
   * to be predicted.
   */
  readonly inputs: Readonly<Record<string, HostArray>>
}

/** The pieces to learn from. */
export interface TrainingData {
  /** The number of pieces. */
  readonly size: number
  /**
   * The ids of one piece, with the end-of-piece id last. Called anew in every epoch, so it may vary the piece by chance;
   * all chance must come from `random`.
   */
  piece(index: number, random: Random): ArrayLike<number> | ToldPiece
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

/** A piece as {@link ToldPiece}, whether or not the model is told anything. */
export function toldPiece(piece: ArrayLike<number> | ToldPiece): ToldPiece {
  return 'ids' in piece ? piece : { ids: piece, inputs: {} }
}

/**
 * All pieces in random order.
 *
 * @throws {InvalidOptionError} if a token is not in the vocabulary.
 */
export function shuffledPieces(data: TrainingData, vocabularySize: number, random: Random): ToldPiece[] {
  return permutation(data.size, random).map(index => {
    const piece = toldPiece(data.piece(index, random))
    requireIds('train', `data.piece(${index})`, piece.ids, vocabularySize)
    return piece
  })
}
