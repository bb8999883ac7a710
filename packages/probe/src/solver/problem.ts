import { statisticsOf } from '../standardize.js'
import type { Matrix } from '../types.js'

/**
 * Examples as the solver reads them: one column after the other, negative examples before positive ones, and a last
 * column of ones for the intercept. With an unpenalised intercept the columns are centred, which changes nothing but
 * the intercept and keeps it from slowing down the descent.
 */
export interface Problem {
  /** `[H + 1, N]`, column by column. */
  readonly columns: Float64Array
  /** N. */
  readonly examples: number
  /** Examples `0 … negatives − 1` are negative, the others positive. */
  readonly negatives: number
  /** Subtracted from each column, `[H]`. */
  readonly shifts: Float64Array
  /** Divisor of each column after that, `[H]`. */
  readonly scales: Float64Array
  readonly penalizeIntercept: boolean
}

/** Options of {@link prepareProblem}. */
interface ProblemOptions {
  readonly standardize: boolean
  readonly penalizeIntercept: boolean
}

/**
 * @param classes 1 for positive and 0 for negative examples, one per row of the features.
 * @param rows The rows to take.
 */
export function prepareProblem(
  features: Matrix,
  classes: Uint8Array,
  rows: readonly number[],
  options: ProblemOptions
): Problem {
  const { data, columns: width } = features
  const examples = rows.length
  const ordered = [...rows.filter(row => classes[row] === 0), ...rows.filter(row => classes[row] === 1)]
  const negatives = rows.reduce((sum, row) => sum + (classes[row] === 0 ? 1 : 0), 0)
  const { means, deviations } = statisticsOf(features, rows)
  const shifts = options.standardize || !options.penalizeIntercept ? means : new Float64Array(width)
  const scales = options.standardize ? deviations : new Float64Array(width).fill(1)

  const columns = new Float64Array((width + 1) * examples)
  for (let i = 0; i < examples; i++) {
    const from = ordered[i]! * width
    for (let j = 0, to = i; j < width; j++, to += examples) {
      columns[to] = (data[from + j]! - shifts[j]!) / scales[j]!
    }
  }
  columns.fill(1, width * examples)
  return { columns, examples, negatives, shifts, scales, penalizeIntercept: options.penalizeIntercept }
}

/** Weights for raw features, and their intercept. */
export interface Model {
  readonly weights: Float64Array
  readonly intercept: number
}

/** From the solver's weights `[H + 1]`, the intercept last, to those for raw features. */
export function toModel({ shifts, scales }: Problem, solution: Float64Array): Model {
  const width = shifts.length
  const weights = new Float64Array(width)
  let intercept = solution[width]!
  for (let j = 0; j < width; j++) {
    weights[j] = solution[j]! / scales[j]!
    intercept -= weights[j]! * shifts[j]!
  }
  return { weights, intercept }
}

/** The inverse of {@link toModel}. */
export function fromModel({ shifts, scales }: Problem, { weights, intercept }: Model): Float64Array {
  const width = shifts.length
  const solution = new Float64Array(width + 1)
  let shifted = intercept
  for (let j = 0; j < width; j++) {
    solution[j] = weights[j]! * scales[j]!
    shifted += weights[j]! * shifts[j]!
  }
  solution[width] = shifted
  return solution
}
