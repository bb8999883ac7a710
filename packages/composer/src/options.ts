import type { Cancel, Watch } from '@vgm/base'
import type { Steering } from '@vgm/mlstm'
import type { SamplingOptions } from '@vgm/nn'

/** What bars are composed by. */
export interface StreamOptions extends SamplingOptions, Cancel {
  /** The same seed gives the same piece; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The index of the piece, or of the first piece, in the seed's series. Default 0. */
  readonly first?: number
  /**
   * Ends the piece after this many new bars of 4/4, where notes then sound out; by default the model ends it. The bar in
   * which a prime ends is completed first.
   */
  readonly bars?: number | undefined
  /** Ends the piece after this many new words, in place of `bars`. A bar has about 30. */
  readonly words?: number | undefined
  /** Cuts a piece that does not end by itself after this many new words. Default 4,000. */
  readonly maxWords?: number
  /** The ids of a piece to go on from, as `encode` of `@vgm/encoding` gives them. The composed piece begins with it. */
  readonly prime?: ArrayLike<number>
  /** Leaves the prime out of the result. Default false. */
  readonly withoutPrime?: boolean
  /** What is done to units of the model while it composes: {@link readSteering} reads one from a file. */
  readonly steering?: Steering
  /** What the offsets of the steering are multiplied by: 0.5 steers half as much. Default 1. */
  readonly strength?: number
  /**
   * How far the composed piece is moved, in semitones, −24 to 24; `any` lets the seed decide, from −5 to 6. Default `any`
   * for a steered piece without a prime, since steered pieces keep to few keys, otherwise 0.
   */
  readonly transpose?: number | 'any'
}

/** What one piece is composed by. */
export interface ComposeOptions extends StreamOptions, Watch {
  /**
   * Whether the model may only write what makes sense, begins with a sound and does not end before there are 8 notes.
   * Default true.
   */
  readonly grammar?: boolean
}

/** What several pieces are composed by. */
export interface ComposeAllOptions extends ComposeOptions {
  /** How many pieces are composed side by side. Default 1. */
  readonly count?: number
}
