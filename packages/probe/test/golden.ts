import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Matrix, Penalty } from '../src/types.js'

/** A fit by scikit-learn. */
export interface GoldenFit {
  readonly penalty: Penalty
  readonly l1Ratio: number
  readonly C: number
  readonly penalizeIntercept: boolean
  readonly weights: readonly number[]
  readonly intercept: number
  readonly objective: number
  readonly probabilities: readonly number[]
  readonly predictions: readonly number[]
}

/** A data set of test/golden/logistic.json. */
export interface GoldenSet {
  readonly name: string
  readonly features: Matrix
  readonly labels: readonly number[]
  readonly fits: readonly GoldenFit[]
}

interface Stored extends Omit<GoldenSet, 'features'> {
  readonly rows: number
  readonly columns: number
  readonly features: readonly number[]
}

export function readGolden(): GoldenSet[] {
  const file = join(import.meta.dirname, 'golden/logistic.json')
  const { sets } = JSON.parse(readFileSync(file, 'utf8')) as { sets: readonly Stored[] }
  return sets.map(({ rows, columns, features, ...rest }) => ({
    ...rest,
    features: { data: Float64Array.from(features), rows, columns }
  }))
}

/** Loss and penalty of a probe, straight from their definitions. */
export function objectiveOf(
  { data, rows, columns }: Matrix,
  labels: ArrayLike<number>,
  probe: { readonly weights: ArrayLike<number>; readonly intercept: number },
  { C, l1Ratio, penalizeIntercept }: Pick<GoldenFit, 'C' | 'l1Ratio' | 'penalizeIntercept'>
): number {
  const weights = Array.from(probe.weights)
  let loss = 0
  for (let i = 0; i < rows; i++) {
    const margin = weights.reduce((sum, w, j) => sum + w * data[i * columns + j]!, probe.intercept)
    loss += Math.log1p(Math.exp(labels[i] === 1 ? -margin : margin))
  }
  const penalized = penalizeIntercept ? [...weights, probe.intercept] : weights
  return penalized.reduce((sum, w) => sum + l1Ratio * Math.abs(w) + ((1 - l1Ratio) / 2) * w * w, C * loss)
}
