import { extrapolate } from './extrapolate.js'
import { marginDescent } from './margin-descent.js'
import type { Problem } from './problem.js'
import { productDescent } from './product-descent.js'
import type { Quadratic } from './quadratic.js'

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
  const descent = (working.length <= mostProducts ? productDescent : marginDescent)(problem, quadratic)
  for (let round = 0, violation = Number.POSITIVE_INFINITY; round < mostRounds; round++) {
    const points = [Float64Array.from(descent.values)]
    for (let sweep = 0; sweep < sweepsPerRound && violation > target; sweep++) {
      violation = descent.sweep()
      points.push(Float64Array.from(descent.values))
    }
    if (violation <= target) break
    extrapolate(descent, l1, points)
  }
  return descent.values.map((value, a) => value - weights[a]!)
}
