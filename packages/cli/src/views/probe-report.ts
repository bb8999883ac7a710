import {
  countPhrases,
  type FittedSentiment,
  type LabelledPhrase,
  protocols,
  type SentimentValidation
} from '@vgm/emotion'
import { type CrossValidation, neuronsOf } from '@vgm/probe'
import { alignedTable, percent, spread } from '../terminal/table.js'

/** What came of fitting a probe, for programs. */
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

/** What {@link reportOf} says, where it was written, and who taught. */
interface ProbeReport extends ReturnType<typeof reportOf> {
  readonly out: string
  readonly teacher?: string
  readonly judged?: number | undefined
}

/** What came of fitting a probe, for people to read. */
export function probeReport(validation: SentimentValidation, report: ProbeReport): string {
  const { out, teacher, judged, phrases, neurons, columns, C, unseen } = report
  const lines: string[] = []
  if (teacher !== undefined) {
    lines.push(`right is what ${teacher} says of the ${phrases} phrases it is surest of, out of ${judged}`)
  }
  if (unseen !== undefined) {
    const { accuracy, balancedAccuracy, auc, majorityRate } = unseen
    lines.push(
      `on the other half, ${unseen.phrases} phrases of ${unseen.pieces} pieces: ` +
        `accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy ?? 0)}, AUC ${auc?.toFixed(3)}; ` +
        `majority ${percent(majorityRate)}`
    )
  }
  if (neurons === 0) lines.push('It found nothing to go by: it always says the more frequent kind.')
  lines.push(`wrote ${out}: ${neurons} of ${columns} columns, C ${C}`)
  const rows = protocols.map(name => ({ folds: name, ...validationRow(validation[name]) }))
  return `${alignedTable(rows)}${lines.join('\n')}\n`
}

/** A row of a table: what one validation came to. Shares in per cent. */
function validationRow({ scores, majorityRate, permuted }: CrossValidation): Record<string, string> {
  const { accuracy, interval } = spread(scores.accuracy)
  return {
    accuracy,
    'interval 95 %': interval,
    AUC: scores.auc === undefined ? '–' : scores.auc.mean.toFixed(3),
    majority: percent(majorityRate),
    permuted: permuted === undefined ? '–' : percent(permuted.accuracy.mean)
  }
}
