import {
  InvalidOptionError,
  requireInteger,
  requireNumber,
  requireOneOf,
  requirePositive,
  ShapeError
} from '@vgm/base'
import { InvalidFeatureError, InvalidLabelError, OneClassError } from './errors.js'
import type { FitOptions, Matrix, Penalty } from './types.js'

export const penalties = ['l1', 'l2', 'elastic-net'] as const satisfies readonly Penalty[]
const smallestTolerance = 1e-12

/** {@link FitOptions} with every default in its place. */
export type Settings = Required<FitOptions>

/** @throws {ShapeError | InvalidFeatureError} */
export function requireMatrix(caller: string, features: Matrix): void {
  const { data, rows, columns } = features
  if (!Number.isInteger(rows) || rows < 1) throw new ShapeError(caller, 'rows', 'a positive integer', rows)
  if (!Number.isInteger(columns) || columns < 1) {
    throw new ShapeError(caller, 'columns', 'a positive integer', columns)
  }
  if (data.length !== rows * columns) {
    throw new ShapeError(caller, 'features', `${rows} × ${columns} = ${rows * columns} values`, data.length)
  }
  const wrong = data.findIndex(value => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new InvalidFeatureError(caller, Math.floor(wrong / columns), wrong % columns, data[wrong]!)
  }
}

/**
 * @param labels +1 and −1, or 1 and 0.
 * @returns 1 for positive and 0 for negative examples.
 * @throws {ShapeError | InvalidLabelError}
 */
export function requireLabels(caller: string, labels: ArrayLike<number>, rows: number): Uint8Array {
  if (labels.length !== rows) throw new ShapeError(caller, 'labels', String(rows), labels.length)
  const classes = new Uint8Array(rows)
  let negative: number | undefined
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!
    const expected = negative === undefined ? '1, -1 or 0' : `1 or ${negative}`
    if (label !== 1) {
      if (label !== (negative ?? (label === 0 ? 0 : -1))) {
        throw new InvalidLabelError(caller, i, expected, label)
      }
      negative = label
    }
    classes[i] = label === 1 ? 1 : 0
  }
  return classes
}

/**
 * Checks the input of a fit.
 *
 * @throws {ShapeError | InvalidFeatureError | InvalidLabelError | OneClassError}
 */
export function requireExamples(caller: string, features: Matrix, labels: ArrayLike<number>): Uint8Array {
  requireMatrix(caller, features)
  const classes = requireLabels(caller, labels, features.rows)
  requireBothClasses(caller, 'labels', classes)
  return classes
}

/** @throws {OneClassError} */
export function requireBothClasses(caller: string, what: string, classes: Uint8Array): void {
  const positives = classes.reduce((sum, each) => sum + each, 0)
  if (positives === 0 || positives === classes.length) {
    throw new OneClassError(caller, what, positives, classes.length - positives)
  }
}

/** @throws {InvalidOptionError} */
export function requireCs(caller: string, Cs: readonly number[]): void {
  if (Cs.length === 0) throw new InvalidOptionError(caller, 'Cs', 'at least one number', Cs)
  for (const [index, C] of Cs.entries()) requirePositive(caller, `Cs[${index}]`, C)
}

/** @throws {InvalidOptionError} */
export function settingsOf(caller: string, options: FitOptions): Settings {
  const penalty = options.penalty ?? 'l1'
  requireOneOf(caller, 'penalty', penalty, penalties)
  if (options.l1Ratio !== undefined && penalty !== 'elastic-net') {
    throw new InvalidOptionError(caller, 'l1Ratio', `nothing with penalty ${penalty}`, options.l1Ratio)
  }
  const l1Ratio = penalty === 'l1' ? 1 : penalty === 'l2' ? 0 : (options.l1Ratio ?? 0.5)
  requireNumber(caller, 'l1Ratio', l1Ratio, 0, 1)
  const { C = 1, tolerance = 1e-8, maxIterations = 200 } = options
  requirePositive(caller, 'C', C)
  requireNumber(caller, 'tolerance', tolerance, smallestTolerance, 1)
  requireInteger(caller, 'maxIterations', maxIterations, 1)
  const { penalizeIntercept = false, standardize = false } = options
  return { penalty, l1Ratio, C, tolerance, maxIterations, penalizeIntercept, standardize }
}
