import { requireInteger, ShapeError } from '@vgm/base'
import type { Scores } from './scores.js'

/** One score over all folds of all repeats. */
export interface Summary {
  readonly mean: number
  /** Standard deviation over the folds (divided by their number − 1). */
  readonly deviation: number
  /** 95 % interval of the mean, see {@link CrossValidation.scores}; within the score's own bounds. */
  readonly interval: readonly [low: number, high: number]
  /** Folds with a value. */
  readonly folds: number
}

/** A score is absent where fewer than two folds have a value. */
export interface Summaries {
  readonly accuracy: Summary
  readonly balancedAccuracy?: Summary
  readonly f1?: Summary
  readonly auc?: Summary
  readonly logLoss: Summary
}

const names = ['accuracy', 'balancedAccuracy', 'f1', 'auc', 'logLoss'] as const

/**
 * Mean, deviation and corrected interval of each score. Training sets of folds overlap, and so do repeats; the plain
 * variance of the mean takes them for independent and is far too small. Nadeau & Bengio's adds the ratio of test to
 * training examples, `1 / (folds − 1)`, to the `1 / n` of independent values.
 *
 * {@link crossValidate} does this for its own probes; it is here for what else is judged on the same folds.
 *
 * @param scores One per fold of every repeat.
 * @param folds Of one repeat.
 * @throws {InvalidOptionError | ShapeError} if there are fewer than two folds or scores.
 * @source Nadeau & Bengio 2003
 */
export function summarize(scores: readonly Scores[], folds: number): Summaries {
  requireInteger('summarize', 'folds', folds, 2)
  if (scores.length < 2) throw new ShapeError('summarize', 'scores', 'at least 2', scores.length)
  const all: Partial<Record<keyof Scores, Summary>> = {}
  for (const name of names) {
    const values = scores.flatMap(each => each[name] ?? [])
    if (values.length >= 2) all[name] = summaryOf(values, folds, name === 'logLoss' ? Number.MAX_VALUE : 1)
  }
  return all as Summaries
}

function summaryOf(values: readonly number[], folds: number, most: number): Summary {
  const count = values.length
  const mean = meanOf(values)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)
  const reach = studentQuantile(count - 1) * Math.sqrt(variance * (1 / count + 1 / (folds - 1)))
  return {
    mean,
    deviation: Math.sqrt(variance),
    interval: [Math.max(0, mean - reach), Math.min(most, mean + reach)],
    folds: count
  }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The 97.5 % point of Student's t: where its distribution function, searched by halving, reaches that. */
export function studentQuantile(freedom: number): number {
  let low = 0
  let high = 16
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (withinStudent(middle, freedom) < 0.95) low = middle
    else high = middle
  }
  return low
}

/**
 * The probability that |t| stays below a value, as a finite sum.
 *
 * @source Abramowitz & Stegun 1964, 26.7.3 and 26.7.4
 */
function withinStudent(value: number, freedom: number): number {
  const angle = Math.atan(value / Math.sqrt(freedom))
  const square = Math.cos(angle) ** 2
  const isOdd = freedom % 2 === 1
  let term = isOdd ? Math.cos(angle) : 1
  let sum = freedom === 1 ? 0 : term
  for (let k = isOdd ? 3 : 2; k < freedom - 1; k += 2) {
    term *= (square * (k - 1)) / k
    sum += term
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
