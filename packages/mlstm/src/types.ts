import type { Model } from '@vgm/nn'

/** The sizes that determine every parameter's shape. */
export interface MlstmConfig {
  /** `V`, the number of words. */
  readonly vocabularySize: number
  /** `E`, the width of a word's embedding. */
  readonly embedding: number
  /** `H`, the number of units. */
  readonly units: number
}

/** A model of this architecture. */
export type MlstmModel = Model<MlstmConfig>

/** The names of the parameters, in the order of a model's file. */
export type ParameterName = 'embedding' | 'wx' | 'wmx' | 'wmh' | 'wm' | 'b' | 'wo' | 'bo'
