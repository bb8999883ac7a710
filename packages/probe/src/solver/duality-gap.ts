import { penalizedCount, type Strength, type Workspace } from './objective.js'
import type { Problem } from './problem.js'

/**
 * By how much the objective could still fall at most: what it is, less the value of a feasible dual point.
 *
 * The dual maximises `−C Σ [a ln a + (1 − a) ln(1 − a)] − R*(v)` over `a` in `[0, 1]`, where
 * `v_j = C Σ y_i a_i x_ij`, `R*(v) = Σ max(|v_j| − l1, 0)² / (2 · l2)`, which without `l2` asks `|v_j| ≤ l1`, and an
 * unpenalised intercept asks `Σ y_i a_i = 0`. At the solution `a_i = 1 / (1 + exp(y_i · margin_i))`; elsewhere these are
 * made feasible by shrinking the class with the larger sum, then all of them.
 *
 * @param objective Loss and penalty at the present weights.
 * @source Kim, Koh, Lustig, Boyd & Gorinevsky 2007 (L1); Friedman, Hastie & Tibshirani 2010 (elastic net)
 */
export function dualityGap(problem: Problem, objective: number, strength: Strength, work: Workspace): number {
  const { examples, negatives } = problem
  const { C, l1, l2 } = strength
  const { slopes } = work
  const [negativeShare, positiveShare] = classShares(problem, slopes)
  const shrink = l2 > 0 ? 1 : feasibleShare(problem, work, l1, negativeShare, positiveShare)

  let entropy = 0
  for (let i = 0; i < examples; i++) {
    const share = shrink * (i < negatives ? negativeShare : positiveShare)
    const a = (share * Math.abs(slopes[i]!)) / C
    if (a > 0 && a < 1) entropy -= a * Math.log(a) + (1 - a) * Math.log1p(-a)
  }
  let conjugate = 0
  if (l2 > 0) {
    for (let j = 0; j < penalizedCount(problem); j++) {
      const v = negativeShare * work.negativePart[j]! + positiveShare * work.positivePart[j]!
      conjugate += Math.max(Math.abs(v) - l1, 0) ** 2 / (2 * l2)
    }
  }
  return objective - (C * entropy - conjugate)
}

/** Factors of the dual variables of each class, with which an unpenalised intercept has no slope. */
function classShares({ examples, negatives, penalizeIntercept }: Problem, slopes: Float64Array) {
  if (penalizeIntercept) return [1, 1] as const
  let negative = 0
  let positive = 0
  for (let i = 0; i < negatives; i++) negative += slopes[i]!
  for (let i = negatives; i < examples; i++) positive -= slopes[i]!
  if (negative > positive) return [positive / negative, 1] as const
  return [1, positive > 0 ? negative / positive : 1] as const
}

function feasibleShare(
  problem: Problem,
  { negativePart, positivePart }: Workspace,
  l1: number,
  negativeShare: number,
  positiveShare: number
): number {
  let steepest = 0
  for (let j = 0; j < penalizedCount(problem); j++) {
    const v = Math.abs(negativeShare * negativePart[j]! + positiveShare * positivePart[j]!)
    if (v > steepest) steepest = v
  }
  return Math.min(1, l1 / steepest)
}
