import { ShapeError } from '@vgm/base'
import { requireMatrix } from './checks.js'
import type { Matrix } from './types.js'

/**
 * The columns of `a`, then those of `b`, such as states and musical descriptors of the same phrases: `[N, Ha + Hb]`.
 * Float32 if both are.
 *
 * @throws {ShapeError} unless both have as many rows.
 * @throws {InvalidFeatureError}
 */
export function joinColumns(a: Matrix, b: Matrix): Matrix {
  requireMatrix('joinColumns', a)
  requireMatrix('joinColumns', b)
  if (a.rows !== b.rows) throw new ShapeError('joinColumns', 'rows of b', String(a.rows), b.rows)
  const { rows } = a
  const columns = a.columns + b.columns
  const areSingle = a.data instanceof Float32Array && b.data instanceof Float32Array
  const data = areSingle ? new Float32Array(rows * columns) : new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    data.set(a.data.subarray(row * a.columns, (row + 1) * a.columns), row * columns)
    data.set(b.data.subarray(row * b.columns, (row + 1) * b.columns), row * columns + a.columns)
  }
  return { data, rows, columns }
}
