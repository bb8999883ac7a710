import { descend } from './descend.js'
import { dualityGap } from './duality-gap.js'
import {
  fillDerivatives,
  fillMargins,
  lossOf,
  penalizedCount,
  penaltyOf,
  type Strength,
  type Workspace
} from './objective.js'
import type { Problem } from './problem.js'
import type { Quadratic } from './quadratic.js'

/** When {@link solve} stops. */
interface Limits {
  readonly tolerance: number
  readonly maxIterations: number
}

/** The point at which {@link solve} stopped. */
interface Solution {
  /** `[H + 1]`, the intercept last. */
  readonly weights: Float64Array
  readonly iterations: number
  /** Divided by `C · N · ln 2`. */
  readonly gap: number
}

/** A working set begins with this many columns and may then be this many times the weights in use. */
const firstColumns = 50
const growth = 2

/** Share of the violation that a Newton step may leave to the next; it shrinks with the violation. */
const loosest = 0.1

/**
 * Minimises `C · loss + penalty` by Newton steps over a working set: the weights in use, and those that most want to be.
 *
 * @param start Weights to start from, `[H + 1]`. Not modified.
 */
export function solve(problem: Problem, strength: Strength, limits: Limits, start: Float64Array): Solution {
  const { examples } = problem
  const weights = Float64Array.from(start)
  const work: Workspace = {
    margins: new Float64Array(examples),
    slopes: new Float64Array(examples),
    curvatures: new Float64Array(examples),
    negativePart: new Float64Array(weights.length),
    positivePart: new Float64Array(weights.length)
  }
  const scale = strength.C * examples * Math.LN2
  let firstViolation = 0
  fillMargins(problem, weights, work.margins)
  for (let iterations = 0; ; iterations++) {
    const objective = lossOf(problem, work.margins, strength.C) + penaltyOf(problem, weights, strength)
    fillDerivatives(problem, strength.C, work)
    const gap = Math.max(0, dualityGap(problem, objective, strength, work)) / scale
    if (gap <= limits.tolerance || iterations === limits.maxIterations) return { weights, iterations, gap }

    const { quadratic, violation } = chooseWorkingSet(problem, weights, strength, work)
    firstViolation ||= violation
    const target = violation * Math.min(loosest, violation / firstViolation)
    const direction = descend(problem, quadratic, target)
    const moved = moveAlong(problem, weights, strength, work, quadratic, direction, objective)
    if (!moved) return { weights, iterations, gap }
  }
}

/** The model around the present weights, and the sum over its columns of how far each is from optimal. */
function chooseWorkingSet(problem: Problem, weights: Float64Array, strength: Strength, work: Workspace) {
  const penalized = penalizedCount(problem)
  const slopes = work.negativePart.map((part, j) => part + work.positivePart[j]!)
  const chosen: number[] = []
  const waiting: number[] = []
  for (let j = 0; j < weights.length; j++) {
    if (j < penalized) slopes[j]! += strength.l2 * weights[j]!
    if (weights[j] !== 0 || j >= penalized || strength.l1 === 0) chosen.push(j)
    else if (Math.abs(slopes[j]!) > strength.l1) waiting.push(j)
  }
  const room = Math.max(firstColumns, growth * chosen.length) - chosen.length
  waiting.sort((a, b) => Math.abs(slopes[b]!) - Math.abs(slopes[a]!))
  const working = Int32Array.from([...chosen, ...waiting.slice(0, Math.max(0, room))]).sort()
  const quadratic: Quadratic = {
    working,
    slopes: Float64Array.from(working, j => slopes[j]!),
    weights: Float64Array.from(working, j => weights[j]!),
    l1: Float64Array.from(working, j => (j < penalized ? strength.l1 : 0)),
    l2: Float64Array.from(working, j => (j < penalized ? strength.l2 : 0)),
    curvatures: work.curvatures
  }
  return { quadratic, violation: violationOf(quadratic) }
}

function violationOf({ slopes, weights, l1 }: Quadratic): number {
  let sum = 0
  for (let a = 0; a < weights.length; a++) {
    const weight = weights[a]!
    sum +=
      weight === 0
        ? Math.max(Math.abs(slopes[a]!) - l1[a]!, 0)
        : Math.abs(slopes[a]! + Math.sign(weight) * l1[a]!)
  }
  return sum
}

const sufficient = 0.01
const shortest = 2 ** -40

/**
 * Goes along the direction as far as the objective falls enough (Armijo), and brings the margins along.
 *
 * @returns Whether there was such a step; where there is none, rounding has the last word.
 */
function moveAlong(
  problem: Problem,
  weights: Float64Array,
  strength: Strength,
  { margins }: Workspace,
  { working, slopes, l1 }: Quadratic,
  direction: Float64Array,
  objective: number
): boolean {
  const { examples } = problem
  const from = Float64Array.from(weights)
  const fullMove = new Float64Array(weights.length)
  working.forEach((column, a) => {
    fullMove[column] = direction[a]!
  })
  const marginMove = new Float64Array(examples)
  fillMargins(problem, fullMove, marginMove)
  let predicted = 0
  for (let a = 0; a < working.length; a++) {
    const weight = from[working[a]!]!
    predicted += slopes[a]! * direction[a]! + l1[a]! * (Math.abs(weight + direction[a]!) - Math.abs(weight))
  }
  if (!(predicted < 0)) return false
  const rounding = Number.EPSILON * objective
  const marginsBefore = Float64Array.from(margins)
  for (let length = 1; length >= shortest; length /= 2) {
    for (let a = 0; a < working.length; a++) {
      weights[working[a]!] = from[working[a]!]! + length * direction[a]!
    }
    for (let i = 0; i < examples; i++) margins[i] = marginsBefore[i]! + length * marginMove[i]!
    const reached = lossOf(problem, margins, strength.C) + penaltyOf(problem, weights, strength)
    if (reached - objective <= sufficient * length * predicted + rounding) return true
  }
  weights.set(from)
  margins.set(marginsBefore)
  return false
}
