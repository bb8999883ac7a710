import { ShapeError } from '@vgm/base'
import { requireMatrix } from './checks.js'
import type { Matrix } from './types.js'

/** Takes each column to mean 0 and standard deviation 1. */
export interface Standardizer {
  /** `[H]`. */
  readonly means: Float64Array
  /** Of the population (divided by N), `[H]`; 1 for a column whose values are all the same. */
  readonly deviations: Float64Array
}

/** Deviations below this share of the mean are rounding. */
const smallestShare = 1e-12

/** Of the given rows. Two passes, since one loses the digits of columns far from 0. */
export function statisticsOf(features: Matrix, rows: readonly number[]): Standardizer {
  const { data, columns } = features
  const means = new Float64Array(columns)
  const deviations = new Float64Array(columns)
  for (const row of rows) {
    for (let j = 0, at = row * columns; j < columns; j++, at++) means[j]! += data[at]!
  }
  for (let j = 0; j < columns; j++) means[j]! /= rows.length
  for (const row of rows) {
    for (let j = 0, at = row * columns; j < columns; j++, at++) {
      deviations[j]! += (data[at]! - means[j]!) ** 2
    }
  }
  const first = rows[0]! * columns
  for (let j = 0; j < columns; j++) {
    const deviation = Math.sqrt(deviations[j]! / rows.length)
    const isConstant = deviation <= smallestShare * Math.abs(means[j]!)
    deviations[j] = isConstant ? 1 : deviation
    // A mean off by a rounding error would leave a column that is not quite 0.
    if (isConstant) means[j] = data[first + j]!
  }
  return { means, deviations }
}

/**
 * Learns each column's mean and standard deviation. `fit` and `crossValidate` do this themselves with
 * `standardize: true`; this is for features that go elsewhere.
 *
 * @throws {ShapeError | InvalidFeatureError}
 */
export function fitStandardizer(features: Matrix): Standardizer {
  requireMatrix('fitStandardizer', features)
  return statisticsOf(
    features,
    Array.from({ length: features.rows }, (_, row) => row)
  )
}

/**
 * The features with each column shifted and scaled, as a new matrix of float64.
 *
 * @throws {ShapeError} unless the standardiser has as many columns as the features.
 * @throws {InvalidFeatureError}
 */
export function standardize(features: Matrix, { means, deviations }: Standardizer): Matrix {
  requireMatrix('standardize', features)
  const { rows, columns } = features
  if (means.length !== columns) throw new ShapeError('standardize', 'columns', String(means.length), columns)
  const data = Float64Array.from(
    features.data,
    (value, at) => (value - means[at % columns]!) / deviations[at % columns]!
  )
  return { data, rows, columns }
}
