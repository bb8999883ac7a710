import { type CrossValidation, neuronsOf } from '@vgm/probe'
import { percent, spread } from '../percent.js'
import type { FittedSentiment } from './fit-sentiment.js'
import { countPhrases, type LabelledPhrase } from './phrases.js'
import { protocols, type SentimentValidation } from './validate-sentiment.js'

/** A fitted probe and its validation, as data to print. */
export function reportOf(
  { file: { probe, featureKind }, validation, unseen }: FittedSentiment,
  examples: readonly LabelledPhrase[]
) {
  const { phrases, pieces } = countPhrases(examples)
  return {
    ...{ features: featureKind, phrases, pieces },
    ...{ columns: probe.weights.length, neurons: neuronsOf(probe).length },
    ...{ penalty: probe.penalty, C: probe.C },
    validation: Object.fromEntries(
      protocols.map(name => {
        const { scores, majorityRate, permuted } = validation[name]
        return [name, { scores, majorityRate, permuted }]
      })
    ),
    ...(unseen !== undefined && { unseen })
  }
}

/** A report of {@link reportOf}, and the teacher of the probe, if it had one. */
export interface ProbeReport extends ReturnType<typeof reportOf> {
  readonly teacher?: string | undefined
  /** How many phrases the teacher judged. */
  readonly judged?: number | undefined
}

/** What a report says beside the table of {@link validationRows}: a sentence each. Shares in per cent. */
export function probeRemarks({ teacher, judged, phrases, neurons, unseen }: ProbeReport): string[] {
  const lines: string[] = []
  if (teacher !== undefined) {
    lines.push(`right is what ${teacher} says of the ${phrases} phrases it is surest of, out of ${judged}`)
  }
  if (unseen !== undefined) {
    const { accuracy, balancedAccuracy = 0, auc, majorityRate } = unseen
    lines.push(
      `on the other half, ${unseen.phrases} phrases of ${unseen.pieces} pieces: ` +
        `accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy)}, AUC ${auc?.toFixed(3)}; ` +
        `majority ${percent(majorityRate)}`
    )
  }
  if (neurons === 0) lines.push('It found nothing to go by: it always says the more frequent kind.')
  return lines
}

/** A row of a table for each protocol: what the validation came to. Shares in per cent. */
export function validationRows(validation: SentimentValidation) {
  return protocols.map(name => ({ folds: name, ...validationRow(validation[name]) }))
}

function validationRow({ scores, majorityRate, permuted }: CrossValidation) {
  const { accuracy, interval } = spread(scores.accuracy)
  return {
    accuracy,
    'interval 95 %': interval,
    AUC: scores.auc === undefined ? '–' : scores.auc.mean.toFixed(3),
    majority: percent(majorityRate),
    permuted: permuted === undefined ? '–' : percent(permuted.accuracy.mean)
  }
}
