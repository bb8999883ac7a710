import { InvalidOptionError, ShapeError } from '@vgm/base'
import { requireCs, requireExamples, type Settings, settingsOf } from '../checks.js'
import type { FitOptions, Matrix, Probe } from '../types.js'
import { fromModel, type Model, type Problem, prepareProblem, toModel } from './problem.js'
import { solve } from './solve.js'

/**
 * Logistic regression with a sparse weight vector: minimises `C · Σ ln(1 + exp(−y (x·w + b))) + penalty(w)`, where the
 * penalty is `Σ |w|` (L1), `½ Σ w²` (L2) or `l1Ratio · Σ |w| + (1 − l1Ratio) · ½ Σ w²` (elastic net).
 *
 * Newton steps, each solved by coordinate descent over an active set, until the duality gap is within the tolerance.
 * There is no chance in it: the same input gives the same bits.
 *
 * @param features `[N, H]`, finite.
 * @param labels `[N]`: 1 for positive, −1 or 0 (not both) for negative examples.
 * @param options.initial A probe to start from (`[H]`), which saves time where it is near the solution.
 * @throws {ShapeError | InvalidFeatureError | InvalidLabelError | OneClassError | InvalidOptionError}
 * @source Yuan, Ho & Lin 2012 (newGLMNET); Friedman, Hastie & Tibshirani 2010
 */
export function fit(
  features: Matrix,
  labels: ArrayLike<number>,
  options: FitOptions & { readonly initial?: Probe } = {}
): Probe {
  const classes = requireExamples('fit', features, labels)
  const settings = settingsOf('fit', options)
  const { initial } = options
  if (initial !== undefined && initial.weights.length !== features.columns) {
    throw new ShapeError('fit', 'initial.weights', String(features.columns), initial.weights.length)
  }
  const problem = prepareProblem(features, classes, allRows(features), settings)
  return fitProblem(problem, settings, initial)
}

/**
 * A probe for each of several C. Fitted from the smallest C on, each from where the last one ended, which is faster than
 * one by one and gives the same.
 *
 * @param options.Cs In any order.
 * @returns In the order of `Cs`.
 * @throws As {@link fit}.
 */
export function path(
  features: Matrix,
  labels: ArrayLike<number>,
  options: Omit<FitOptions, 'C'> & { readonly Cs: readonly number[] }
): Probe[] {
  const classes = requireExamples('path', features, labels)
  if ('C' in options) throw new InvalidOptionError('path', 'C', 'nothing, but Cs', options.C)
  requireCs('path', options.Cs)
  const settings = settingsOf('path', options)
  return fitPath(prepareProblem(features, classes, allRows(features), settings), settings, options.Cs)
}

/** {@link path} after validation. */
export function fitPath(problem: Problem, settings: Settings, Cs: readonly number[]): Probe[] {
  const probes = new Map<number, Probe>()
  let last: Probe | undefined
  for (const C of [...Cs].sort((a, b) => a - b)) {
    last = fitProblem(problem, { ...settings, C }, last)
    probes.set(C, last)
  }
  return Cs.map(C => probes.get(C) as Probe)
}

/** {@link fit} after validation. */
export function fitProblem(problem: Problem, settings: Settings, initial?: Model): Probe {
  const { penalty, l1Ratio, C, tolerance, penalizeIntercept, standardize } = settings
  const start = initial === undefined ? startOf(problem) : fromModel(problem, initial)
  const strength = { C, l1: l1Ratio, l2: 1 - l1Ratio }
  const { weights, iterations, gap } = solve(problem, strength, settings, start)
  const converged = gap <= tolerance
  const model = toModel(problem, weights)
  return { ...model, C, penalty, l1Ratio, penalizeIntercept, standardize, iterations, gap, converged }
}

/** All weights 0, and the intercept that is best with them if nothing penalises it: the log odds. */
function startOf({ shifts, examples, negatives, penalizeIntercept }: Problem): Float64Array {
  const weights = new Float64Array(shifts.length + 1)
  if (!penalizeIntercept) weights[shifts.length] = Math.log((examples - negatives) / negatives)
  return weights
}

function allRows({ rows }: Matrix): number[] {
  return Array.from({ length: rows }, (_, row) => row)
}
