import { bestValue, damping } from './coordinate.js'
import type { Problem } from './problem.js'
import type { Descent, Quadratic } from './quadratic.js'

/**
 * Knows all products of the columns, so that a step along a coordinate costs A operations.
 *
 * @source Friedman, Hastie & Tibshirani 2010 ("covariance updates")
 */
export function productDescent(problem: Problem, quadratic: Quadratic): Descent {
  const { weights, l1, l2 } = quadratic
  const count = weights.length
  const products = weightedProducts(problem, quadratic)
  for (let a = 0; a < count; a++) products[a * count + a]! += l2[a]! + damping
  const slopes = Float64Array.from(quadratic.slopes)
  const values = Float64Array.from(weights)
  return {
    values,
    sweep() {
      let violation = 0
      for (let a = 0; a < count; a++) {
        const curvature = products[a * count + a]!
        const step = bestValue(values[a]!, slopes[a]!, curvature, l1[a]!) - values[a]!
        if (step === 0) continue
        violation += Math.abs(step) * curvature
        values[a]! += step
        for (let b = 0, at = a * count; b < count; b++, at++) slopes[b]! += step * products[at]!
      }
      return violation
    },
    slopes: () => slopes,
    multiply(direction) {
      const result = new Float64Array(count)
      for (let a = 0; a < count; a++) {
        const factor = direction[a]!
        if (factor === 0) continue
        for (let b = 0, at = a * count; b < count; b++, at++) result[b]! += factor * products[at]!
      }
      return result
    },
    move(direction, product) {
      for (let a = 0; a < count; a++) {
        values[a]! += direction[a]!
        slopes[a]! += product[a]!
      }
    }
  }
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
      // Where four do not divide the rest, the last column is computed again in the place of those that are missing.
      const others = [b, b + 1, b + 2, b + 3].map(other => Math.min(other, count - 1))
      const [o0, o1, o2, o3] = others.map(other => working[other]! * examples) as [
        number,
        number,
        number,
        number
      ]
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
      const sums = [s0, s1, s2, s3]
      others.forEach((other, at) => {
        products[a * count + other] = sums[at]!
        products[other * count + a] = sums[at]!
      })
    }
  }
  return products
}
