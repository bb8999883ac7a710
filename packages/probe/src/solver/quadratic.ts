import { extrapolate } from './extrapolate.js'
import { marginModel } from './margin-model.js'
import type { Problem } from './problem.js'
import { productModel } from './product-model.js'

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

/** A way to walk on a {@link Quadratic}. */
export interface Walk {
  /** Where the weights would be, `[A]`. */
  readonly values: Float64Array
  /** Minimises along each coordinate in turn. Returns the sum of how far each was from optimal, in slope. */
  sweep(): number
  /** Slope of the smooth part at `values`, `[A]`. Not to be modified. */
  slopes(): Float64Array
  /** `(X'DX + l2) · v`, `[A]`. */
  multiply(direction: Float64Array): Float64Array
  /** Adds `direction` to `values`; `product` is what `multiply` makes of it. */
  move(direction: Float64Array, product: Float64Array): void
}

/** Up to this many columns, all their products are computed once per model instead of as they are needed. */
const mostProducts = 400

const mostRounds = 400
const sweepsPerRound = 5

/**
 * Minimises the model by coordinate descent, with an extrapolation every few sweeps, until the violation of its
 * optimality is below `target`.
 *
 * @returns The direction, `[A]`.
 */
export function descend(problem: Problem, quadratic: Quadratic, target: number): Float64Array {
  const { weights, l1, working } = quadratic
  const walk = (working.length <= mostProducts ? productModel : marginModel)(problem, quadratic)
  for (let round = 0, violation = Number.POSITIVE_INFINITY; round < mostRounds; round++) {
    const points = [Float64Array.from(walk.values)]
    for (let sweep = 0; sweep < sweepsPerRound && violation > target; sweep++) {
      violation = walk.sweep()
      points.push(Float64Array.from(walk.values))
    }
    if (violation <= target) break
    extrapolate(walk, l1, points)
  }
  return walk.values.map((value, a) => value - weights[a]!)
}
