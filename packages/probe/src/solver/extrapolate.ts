import type { Descent } from './quadratic.js'

/**
 * Guesses from a few sweeps in a row where they lead, and goes there if that is better than where they are: the
 * combination of the points, with factors that sum to 1, whose steps nearly cancel.
 *
 * @param points `values` before the first and after each sweep.
 * @source Bertrand & Massias 2021 (Anderson acceleration of coordinate descent)
 */
export function extrapolate(descent: Descent, l1: Float64Array, points: readonly Float64Array[]): void {
  const { values } = descent
  const steps = points.slice(1).map((point, k) => point.map((value, a) => value - points[k]![a]!))
  const factors = combine(steps.map(one => steps.map(other => dot(one, other))))
  if (factors === undefined) return
  const move = values.map((value, a) => {
    let sum = 0
    for (let k = 0; k < factors.length; k++) sum += factors[k]! * points[k + 1]![a]!
    return sum - value
  })
  const product = descent.multiply(move)
  let change = 0.5 * dot(move, product) + dot(move, descent.slopes())
  for (let a = 0; a < move.length; a++) {
    change += l1[a]! * (Math.abs(values[a]! + move[a]!) - Math.abs(values[a]!))
  }
  if (change < 0) descent.move(move, product)
}

/** Keeps the products of nearly parallel steps solvable; a share of their largest. */
const ridge = 1e-14

/** The factors, summing to 1, that minimise the length of the combination; `undefined` where rounding decides them. */
function combine(products: number[][]): number[] | undefined {
  const size = products.length
  const extra = ridge * Math.max(...products.map((row, k) => row[k]!))
  const rows = products.map((row, k) => [...row.map((value, other) => value + (k === other ? extra : 0)), 1])
  for (let k = 0; k < size; k++) {
    const pivot = rows[k]![k]!
    if (!(pivot > 0)) return undefined
    for (let below = k + 1; below < size; below++) {
      const factor = rows[below]![k]! / pivot
      for (let at = k; at <= size; at++) rows[below]![at]! -= factor * rows[k]![at]!
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let k = size - 1; k >= 0; k--) {
    let sum = rows[k]![size]!
    for (let at = k + 1; at < size; at++) sum -= rows[k]![at]! * solution[at]!
    solution[k] = sum / rows[k]![k]!
  }
  const total = solution.reduce((sum, value) => sum + value, 0)
  const factors = solution.map(value => value / total)
  return factors.every(Number.isFinite) ? factors : undefined
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
