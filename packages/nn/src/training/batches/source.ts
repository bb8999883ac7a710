import type { Random } from '@vgm/base'
import type { Specs } from '../../engines/named-program.js'
import type { HostArray } from '../../engines/types.js'

/** What one training step learns from. */
export interface Batch {
  /** The shapes of `values`. Batches of the same shapes share a program. */
  readonly specs: Specs
  readonly values: Readonly<Record<string, HostArray>>
  /** The words to be learnt, without padding. */
  readonly words: number
  /** Whether rows begin from the zero state, rather than from where the batch before ended. */
  readonly startsFresh: boolean
  /** By what share the loss falls short of a full batch's, because rows are there only to fill it; 1 for none. */
  readonly fullness: number
}

/** The batches of one shard in one epoch. */
export interface ShardBatches {
  readonly length: number
  /** Batch `k`, from 0. It may be made at this call. */
  at(k: number): Batch
}

/** Where training takes its batches from, epoch after epoch. */
export interface BatchSource {
  /** The number of pieces or examples, which a resumed run checks. */
  readonly size: number
  /** `B`, the rows of every batch. */
  readonly batch: number
  /** The number of parts that an epoch reads one after another. */
  readonly shards: number
  /** What decides how the data is cut, for the checkpoint; a resumed run has to have the same. */
  readonly settings: Readonly<Record<string, number>>
  /**
   * The batches of a part in a new epoch.
   *
   * @param random All chance of the epoch: the order of pieces, and how each is varied.
   */
  shard(index: number, random: Random): Promise<ShardBatches>
}
