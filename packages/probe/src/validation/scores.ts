import { InvalidOptionError, ShapeError } from '@vgm/base'
import { requireLabels } from '../checks.js'

/** Counts of right and wrong answers by class, at a probability of 0.5. */
export interface ConfusionMatrix {
  readonly truePositives: number
  readonly falsePositives: number
  readonly trueNegatives: number
  readonly falseNegatives: number
}

/** Scores of probabilities. A score without a meaning for these labels is absent. */
export interface Scores {
  /** Share that is right. */
  readonly accuracy: number
  /** Mean of the shares of positives and of negatives that are right; absent with one class. */
  readonly balancedAccuracy?: number
  /** Of the positive class; absent if none is positive and none is said to be. */
  readonly f1?: number
  /** Area under the ROC curve, ties counting half; absent with one class. */
  readonly auc?: number
  /** Mean of `−ln p(label)`, with `p` at least 2⁻⁵², as in scikit-learn. */
  readonly logLoss: number
}

/** A probability of 0 for what happens would cost infinitely much. */
const leastProbability = Number.EPSILON

/**
 * Scores of probabilities that anything has given: a probe, or another judge.
 *
 * @param labels `[N]`: 1 for positive, −1 or 0 (not both) for negative examples; one class alone will do.
 * @param probabilities Of positive, `[N]`, 0–1.
 * @throws {ShapeError | InvalidLabelError | InvalidOptionError}
 */
export function score(labels: ArrayLike<number>, probabilities: ArrayLike<number>): Scores {
  return scoreClasses(...requireJudged('score', labels, probabilities))
}

/**
 * Counts right and wrong answers; above 0.5 is positive.
 *
 * @throws As {@link score}.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>
): ConfusionMatrix {
  return confusionOf(...requireJudged('confusionMatrix', labels, probabilities))
}

/** Labels as classes and probabilities, both valid. */
export function requireJudged(
  caller: string,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>
): [Uint8Array, Float64Array] {
  if (labels.length === 0) throw new ShapeError(caller, 'labels', 'at least 1', 0)
  if (probabilities.length !== labels.length) {
    throw new ShapeError(caller, 'probabilities', String(labels.length), probabilities.length)
  }
  const classes = requireLabels(caller, labels, labels.length)
  const wrong = Array.from(probabilities).findIndex(value => !(value >= 0 && value <= 1))
  if (wrong >= 0) {
    throw new InvalidOptionError(
      caller,
      `probabilities[${wrong}]`,
      'a number from 0 to 1',
      probabilities[wrong]
    )
  }
  return [classes, Float64Array.from(probabilities)]
}

/** {@link confusionMatrix} after validation. */
export function confusionOf(classes: Uint8Array, probabilities: Float64Array): ConfusionMatrix {
  const counts = [0, 0, 0, 0]
  classes.forEach((each, i) => {
    counts[2 * each + (probabilities[i]! > 0.5 ? 1 : 0)]!++
  })
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = counts as [
    number,
    number,
    number,
    number
  ]
  return { truePositives, falsePositives, trueNegatives, falseNegatives }
}

/** {@link score} after validation. */
export function scoreClasses(classes: Uint8Array, probabilities: Float64Array): Scores {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusionOf(classes, probabilities)
  const positives = truePositives + falseNegatives
  const negatives = trueNegatives + falsePositives
  const named = 2 * truePositives + falsePositives + falseNegatives
  const loss = classes.reduce(
    (sum, each, i) =>
      sum - Math.log(Math.max(leastProbability, each === 1 ? probabilities[i]! : 1 - probabilities[i]!)),
    0
  )
  return {
    accuracy: (truePositives + trueNegatives) / classes.length,
    ...(positives > 0 && negatives > 0
      ? {
          balancedAccuracy: (truePositives / positives + trueNegatives / negatives) / 2,
          auc: areaUnderCurve(classes, probabilities, positives, negatives)
        }
      : {}),
    ...(named > 0 ? { f1: (2 * truePositives) / named } : {}),
    logLoss: loss / classes.length
  }
}

/** From the ranks of the positives (Mann-Whitney), tied ones sharing the mean of theirs. */
function areaUnderCurve(
  classes: Uint8Array,
  probabilities: Float64Array,
  positives: number,
  negatives: number
): number {
  const order = [...classes.keys()].sort((a, b) => probabilities[a]! - probabilities[b]!)
  let ranks = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && probabilities[order[to]!] === probabilities[order[from]!]) to++
    const mean = (from + 1 + to) / 2
    for (let at = from; at < to; at++) ranks += mean * classes[order[at]!]!
    from = to
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}
