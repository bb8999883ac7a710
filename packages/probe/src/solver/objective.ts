import type { Problem } from './problem.js'

/** The strength of the penalties, and the weights of the examples. */
export interface Strength {
  readonly C: number
  /** Of `Σ |w|`. */
  readonly l1: number
  /** Of `½ Σ w²`. */
  readonly l2: number
}

/** Room for what a round computes, so that the rounds allocate nothing. */
export interface Workspace {
  /** `X · w`, `[N]`. */
  readonly margins: Float64Array
  /** Derivative of the loss by each margin, `[N]`. */
  readonly slopes: Float64Array
  /** Second derivative of the loss by each margin, `[N]`. */
  readonly curvatures: Float64Array
  /** Derivative of the loss by each weight, `[H + 1]`: the part of the negative examples … */
  readonly negativePart: Float64Array
  /** … and that of the positive ones. */
  readonly positivePart: Float64Array
}

/** `ln(1 + exp(x))` without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

/** `1 / (1 + exp(−x))` without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const power = Math.exp(x)
  return power / (1 + power)
}

/** The number of weights that the penalty touches: all but an unpenalised intercept, which is the last. */
export function penalizedCount({ shifts, penalizeIntercept }: Problem): number {
  return shifts.length + (penalizeIntercept ? 1 : 0)
}

/** `l1 · Σ |w| + ½ · l2 · Σ w²` over the penalised weights. */
export function penaltyOf(problem: Problem, weights: Float64Array, { l1, l2 }: Strength): number {
  const count = penalizedCount(problem)
  let absolute = 0
  let square = 0
  for (let j = 0; j < count; j++) {
    absolute += Math.abs(weights[j]!)
    square += weights[j]! ** 2
  }
  return l1 * absolute + 0.5 * l2 * square
}

/** `C · Σ ln(1 + exp(−y · margin))`. */
export function lossOf({ examples, negatives }: Problem, margins: Float64Array, C: number): number {
  let loss = 0
  for (let i = 0; i < negatives; i++) loss += softplus(margins[i]!)
  for (let i = negatives; i < examples; i++) loss += softplus(-margins[i]!)
  return C * loss
}

/** `X · w`, from the weights that are not 0. */
export function fillMargins(
  { columns, examples }: Problem,
  weights: Float64Array,
  margins: Float64Array
): void {
  margins.fill(0)
  for (let j = 0; j < weights.length; j++) {
    const weight = weights[j]!
    if (weight === 0) continue
    for (let i = 0, at = j * examples; i < examples; i++, at++) margins[i]! += weight * columns[at]!
  }
}

/** Everything that a round needs to know of the loss at the present margins. */
export function fillDerivatives(problem: Problem, C: number, work: Workspace): void {
  const { columns, examples, negatives } = problem
  const { margins, slopes, curvatures, negativePart, positivePart } = work
  for (let i = 0; i < examples; i++) {
    const probability = sigmoid(margins[i]!)
    // 1 − p would lose the digits of a p close to 1.
    const miss = sigmoid(-margins[i]!)
    slopes[i] = C * (i < negatives ? probability : -miss)
    curvatures[i] = C * probability * miss
  }
  for (let j = 0; j < negativePart.length; j++) {
    const start = j * examples
    negativePart[j] = dot(columns, start, slopes, 0, negatives)
    positivePart[j] = dot(columns, start + negatives, slopes, negatives, examples - negatives)
  }
}

/** Four sums side by side, since each waits for its last addition. */
function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!
  }
  for (; i < length; i++) s0 += a[aStart + i]! * b[bStart + i]!
  return s0 + s1 + s2 + s3
}
