import type { Cancel, Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import type { Steering } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'

/** How to search, and what is particular to it. */
export type SearchMethod =
  | {
      /** All units move a little after each step. */
      readonly name: 'gradient'
      /** How far an offset moves at the first step. Default 0.004. */
      readonly learningRate?: number
    }
  | {
      /** The genetic algorithm of the paper. */
      readonly name: 'genetic'
      /** Default 100. */
      readonly population?: number
      /** Whether genes are added to the state of the units, or replace it. Default `add`. */
      readonly mode?: Steering['mode']
      /** Genes are drawn from `−range … range`. Default 2. */
      readonly range?: number
    }

/** Options of {@link searchSteering}. */
export interface SearchOptions extends Cancel, Watch {
  readonly method: SearchMethod
  /**
   * How good pieces are, a finite number for each; more is better.
   *
   * @param pieces All pieces of a step. A piece may be without a note.
   */
  readonly reward: (pieces: readonly Score[]) => ArrayLike<number> | Promise<ArrayLike<number>>
  /** The units that may be steered, each once, `[K]`. Default all. */
  readonly neurons?: Int32Array
  /** How many steps, or generations. Default 40; genetic 100. */
  readonly steps?: number
  /** How many pieces are composed at each step, or for each individual. Default 256; genetic 30. */
  readonly count?: number
  /** The words of a piece. Default 256. */
  readonly words?: number
  /** The same seed finds the same steering; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** What computes; by default the tfjs backend that is set. */
  readonly engine?: Engine
  /** Goes on from a step's `state`. */
  readonly resume?: string
}

/** {@link SearchOptions} that are complete. */
export interface SearchPlan extends Omit<SearchOptions, 'method' | 'resume'> {
  readonly steps: number
  readonly count: number
  readonly words: number
}

/** A step of {@link searchSteering}. */
export interface SearchStep {
  /** From 1. */
  readonly step: number
  /** The mean reward of the step's pieces. */
  readonly reward: number
  /** What the step came to: the gradient's offsets, or the best genes so far. */
  readonly steering: Steering
  /** What `resume` takes to go on from here, as JSON text. */
  readonly state: string
}
