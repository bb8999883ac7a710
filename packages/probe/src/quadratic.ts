import type { Problem } from './problem.js'

/**
 * The quadratic model of the objective around the present weights, in the directions of a working set:
 * `g·d + ½ d·(X'DX + l2)·d + l1 · Σ |w + d|`.
 */
export interface Quadratic {
  /** The columns that may move, A of them. */
  readonly working: Int32Array
  /** Slope of the smooth part (loss and L2) by each of them, `[A]`. */
  readonly slopes: Float64Array
  /** Their weights, `[A]`. */
  readonly weights: Float64Array
  /** L1 penalty of each, `[A]`. */
  readonly l1: Float64Array
  /** L2 penalty of each, `[A]`. */
  readonly l2: Float64Array
  /** Second derivative of the loss by each margin, `[N]`. */
  readonly curvatures: Float64Array
}

/** Keeps directions that the data say nothing about from having no curvature at all; liblinear's value. */
const damping = 1e-12

const mostSweeps = 2000

/** Up to this many columns, all their products are computed once per model instead of as they are needed. */
const mostProducts = 400

/**
 * Coordinate descent on the model until the violation of its optimality is below `target`.
 *
 * @returns The direction, `[A]`.
 * @source Friedman, Hastie & Tibshirani 2010 ("covariance updates"); Yuan, Ho & Lin 2012 (newGLMNET)
 */
export function descend(problem: Problem, quadratic: Quadratic, target: number): Float64Array {
  return quadratic.working.length <= mostProducts
    ? descendProducts(problem, quadratic, target)
    : descendMargins(problem, quadratic, target)
}

/** The value that minimises the model along one coordinate. */
function bestValue(value: number, slope: number, curvature: number, l1: number): number {
  const pull = curvature * value - slope
  if (pull > l1) return (pull - l1) / curvature
  if (pull < -l1) return (pull + l1) / curvature
  return 0
}

/** A step along a coordinate costs A operations: the slopes of all coordinates are kept up to date. */
function descendProducts(problem: Problem, quadratic: Quadratic, target: number): Float64Array {
  const { weights, l1, l2 } = quadratic
  const count = weights.length
  const products = weightedProducts(problem, quadratic)
  for (let a = 0; a < count; a++) products[a * count + a]! += l2[a]! + damping
  const slopes = Float64Array.from(quadratic.slopes)
  const values = Float64Array.from(weights)
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let violation = 0
    for (let a = 0; a < count; a++) {
      const curvature = products[a * count + a]!
      const step = bestValue(values[a]!, slopes[a]!, curvature, l1[a]!) - values[a]!
      if (step === 0) continue
      violation += Math.abs(step) * curvature
      values[a]! += step
      for (let b = 0, at = a * count; b < count; b++, at++) slopes[b]! += step * products[at]!
    }
    if (violation <= target) break
  }
  return values.map((value, a) => value - weights[a]!)
}

/** A step along a coordinate costs 2 N operations: the margins are kept up to date. */
function descendMargins(problem: Problem, quadratic: Quadratic, target: number): Float64Array {
  const { columns, examples } = problem
  const { working, weights, l1, l2, curvatures } = quadratic
  const count = weights.length
  const totals = columnCurvatures(problem, quadratic)
  const direction = new Float64Array(count)
  const bends = new Float64Array(examples) // curvature × margin of the direction
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let violation = 0
    for (let a = 0; a < count; a++) {
      const start = working[a]! * examples
      let slope = quadratic.slopes[a]! + (l2[a]! + damping) * direction[a]!
      for (let i = 0, at = start; i < examples; i++, at++) slope += columns[at]! * bends[i]!
      const value = weights[a]! + direction[a]!
      const step = bestValue(value, slope, totals[a]!, l1[a]!) - value
      if (step === 0) continue
      violation += Math.abs(step) * totals[a]!
      direction[a]! += step
      for (let i = 0, at = start; i < examples; i++, at++) bends[i]! += step * columns[at]! * curvatures[i]!
    }
    if (violation <= target) break
  }
  return direction
}

function columnCurvatures({ columns, examples }: Problem, { working, curvatures, l2 }: Quadratic): Float64Array {
  return Float64Array.from(working, (column, a) => {
    let sum = l2[a]! + damping
    for (let i = 0, at = column * examples; i < examples; i++, at++) sum += curvatures[i]! * columns[at]! ** 2
    return sum
  })
}

/** `X'DX` over the working set, `[A, A]`, four products at a time. */
function weightedProducts({ columns, examples }: Problem, { working, curvatures }: Quadratic): Float64Array {
  const count = working.length
  const products = new Float64Array(count * count)
  const weighted = new Float64Array(examples)
  for (let a = 0; a < count; a++) {
    const start = working[a]! * examples
    for (let i = 0; i < examples; i++) weighted[i] = curvatures[i]! * columns[start + i]!
    for (let b = a; b < count; b += 4) {
      // The last columns of a set that four does not divide are computed twice.
      const first = Math.max(0, Math.min(b, count - 4))
      const o0 = working[first]! * examples
      const o1 = working[Math.min(first + 1, count - 1)]! * examples
      const o2 = working[Math.min(first + 2, count - 1)]! * examples
      const o3 = working[Math.min(first + 3, count - 1)]! * examples
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let i = 0; i < examples; i++) {
        const value = weighted[i]!
        s0 += value * columns[o0 + i]!
        s1 += value * columns[o1 + i]!
        s2 += value * columns[o2 + i]!
        s3 += value * columns[o3 + i]!
      }
      const row = a * count
      products[row + first] = s0
      if (first + 1 < count) products[row + first + 1] = s1
      if (first + 2 < count) products[row + first + 2] = s2
      if (first + 3 < count) products[row + first + 3] = s3
    }
  }
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) products[b * count + a] = products[a * count + b]!
  }
  return products
}
