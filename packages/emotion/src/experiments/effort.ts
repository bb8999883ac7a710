import { sensibleCs } from '../training/fit-sentiment.js'
import type { ValidationEffort } from '../training/validate-sentiment.js'

/** What can be chosen of an experiment's effort. */
export interface EffortChoice {
  readonly folds?: number
  readonly repeats?: number
  readonly C?: number
  readonly seed?: number
}

/** Sizes and settings of the mLSTM that learns from labelled phrases alone. */
export interface BaselineSettings {
  readonly units: number
  readonly embedding: number
  readonly epochs: number
  readonly learningRate: number
}

/** How much work the published figures took; `isQuick` does as little as says something, in a minute or two. */
export function experimentEffort(
  isQuick: boolean,
  { folds, repeats, C, seed = 0 }: EffortChoice = {}
): ValidationEffort {
  const Cs = C !== undefined ? [C] : isQuick ? [0.03] : sensibleCs.l1
  const deals = repeats ?? (isQuick ? 1 : 3)
  return {
    folds: folds ?? (isQuick ? 5 : 10),
    repeats: deals,
    permutations: isQuick ? 0 : deals,
    penalty: 'l1',
    Cs,
    seed
  }
}

/** The supervised baseline of the published figures. Its settings were found within the training parts of the folds. */
export function baselineSettings(isQuick: boolean, units?: number): BaselineSettings {
  const sizes = { embedding: 64, learningRate: 3e-3 }
  return isQuick ? { units: units ?? 64, epochs: 3, ...sizes } : { units: units ?? 128, epochs: 7, ...sizes }
}
