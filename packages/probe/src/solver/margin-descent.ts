import { bestValue, damping } from './coordinate.js'
import type { Problem } from './problem.js'
import type { Descent, Quadratic } from './quadratic.js'

/**
 * Keeps only the margins up to date, so that a step along a coordinate costs 2 N operations and nothing has to be
 * computed before the first one.
 *
 * @source Yuan, Ho & Lin 2012 (newGLMNET)
 */
export function marginDescent({ columns, examples }: Problem, quadratic: Quadratic): Descent {
  const { working, weights, l1, l2, curvatures } = quadratic
  const count = weights.length
  const values = Float64Array.from(weights)
  const bends = new Float64Array(examples) // curvature × margin of the way so far
  const totals = Float64Array.from(working, (column, a) => {
    let sum = l2[a]! + damping
    for (let i = 0, at = column * examples; i < examples; i++, at++) sum += curvatures[i]! * columns[at]! ** 2
    return sum
  })

  function slopeOf(a: number): number {
    return (
      quadratic.slopes[a]! +
      (l2[a]! + damping) * (values[a]! - weights[a]!) +
      columnDot(columns, working[a]! * examples, bends)
    )
  }

  function addBends(direction: Float64Array, to: Float64Array): void {
    const margins = new Float64Array(examples)
    for (let a = 0; a < count; a++) {
      const factor = direction[a]!
      if (factor === 0) continue
      for (let i = 0, at = working[a]! * examples; i < examples; i++, at++)
        margins[i]! += factor * columns[at]!
    }
    for (let i = 0; i < examples; i++) to[i]! += curvatures[i]! * margins[i]!
  }

  return {
    values,
    sweep() {
      let violation = 0
      for (let a = 0; a < count; a++) {
        const step = bestValue(values[a]!, slopeOf(a), totals[a]!, l1[a]!) - values[a]!
        if (step === 0) continue
        violation += Math.abs(step) * totals[a]!
        values[a]! += step
        for (let i = 0, at = working[a]! * examples; i < examples; i++, at++) {
          bends[i]! += step * columns[at]! * curvatures[i]!
        }
      }
      return violation
    },
    slopes: () => values.map((_, a) => slopeOf(a)),
    multiply(direction) {
      const bend = new Float64Array(examples)
      addBends(direction, bend)
      return direction.map(
        (factor, a) => (l2[a]! + damping) * factor + columnDot(columns, working[a]! * examples, bend)
      )
    },
    move(direction) {
      for (let a = 0; a < count; a++) values[a]! += direction[a]!
      addBends(direction, bends)
    }
  }
}

/** Four sums side by side, since each waits for its last addition. */
function columnDot(columns: Float64Array, start: number, vector: Float64Array): number {
  const length = vector.length
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = 0
  for (; i + 3 < length; i += 4) {
    s0 += columns[start + i]! * vector[i]!
    s1 += columns[start + i + 1]! * vector[i + 1]!
    s2 += columns[start + i + 2]! * vector[i + 2]!
    s3 += columns[start + i + 3]! * vector[i + 3]!
  }
  for (; i < length; i++) s0 += columns[start + i]! * vector[i]!
  return s0 + s1 + s2 + s3
}
