import * as v from 'valibot'

export const finite = v.pipe(v.number(), v.finite())
export const share = v.pipe(finite, v.minValue(0), v.maxValue(1))
export const atLeastZero = v.pipe(finite, v.minValue(0))
export const integerFrom = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least))

const protocol = v.object({
  examples: integerFrom(1),
  folds: integerFrom(2),
  repeats: integerFrom(1),
  stratified: v.boolean(),
  groups: v.exactOptional(integerFrom(1)),
  seed: integerFrom(0)
})

const summary = v.object({
  mean: atLeastZero,
  deviation: atLeastZero,
  interval: v.tuple([atLeastZero, atLeastZero]),
  folds: integerFrom(2)
})

const permutedScore = v.object({ mean: atLeastZero, values: v.array(atLeastZero), pValue: share })

/** Accuracy and log-loss always have a value, the others need not. */
const scoresOf = <Score extends v.GenericSchema>(score: Score) =>
  v.object({
    accuracy: score,
    balancedAccuracy: v.exactOptional(score),
    f1: v.exactOptional(score),
    auc: v.exactOptional(score),
    logLoss: score
  })

const confusion = v.object({
  truePositives: integerFrom(0),
  falsePositives: integerFrom(0),
  trueNegatives: integerFrom(0),
  falseNegatives: integerFrom(0)
})

/** A `ValidationRecord` as JSON. */
export const validationSchema = v.object({
  protocol,
  majorityRate: share,
  scores: scoresOf(summary),
  permuted: v.exactOptional(scoresOf(permutedScore)),
  confusion
})
