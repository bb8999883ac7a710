import type { FormMeasure } from './measures.js'

/** Where real music lies in a measure of form. */
export interface RealRange {
  /** The 10 % quantile over pieces. */
  readonly low: number
  /** The median over pieces; of a yes or no, the share of pieces that do. */
  readonly middle: number
  /** The 90 % quantile over pieces. */
  readonly high: number
}

/**
 * The form of real music, by the metre in force: the 820 pieces of VGMIDI 0.1 `unlabelled`. Written by
 * `bench/real-form.mjs`.
 */
export const realForm: Readonly<Record<FormMeasure, RealRange>> = {
  likeness: { low: 0.2917, middle: 0.656, high: 0.8289 },
  alone: { low: 0, middle: 0.2557, high: 0.9724 },
  rhythm: { low: 0.8367, middle: 0.9404, high: 0.9881 },
  returnDistance: { low: 3, middle: 8, high: 32 },
  sevenClasses: { low: 0.812, middle: 0.932, high: 1 },
  threeClasses: { low: 0.4508, middle: 0.56, high: 0.6933 },
  change: { low: 0.3211, middle: 0.4904, high: 0.6535 },
  loop: { low: 1, middle: 1, high: 3 },
  endsHeld: { low: 0, middle: 0.5073, high: 1 },
  endsOnTonic: { low: 0, middle: 0.4, high: 1 }
}
