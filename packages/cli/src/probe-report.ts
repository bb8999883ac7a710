import { type FittedSentiment, type LabelledPhrase, protocols, type SentimentValidation } from '@vgm/emotion'
import { type CrossValidation, neuronsOf } from '@vgm/probe'
import { alignedTable, percent } from './table.js'

/** What came of fitting a probe, for programs. */
export function reportOf(
  { file: { probe, featureKind }, validation, unseen }: FittedSentiment,
  phrases: readonly LabelledPhrase[]
) {
  return {
    features: featureKind,
    phrases: phrases.length,
    pieces: new Set(phrases.map(({ piece }) => piece)).size,
    columns: probe.weights.length,
    neurons: neuronsOf(probe).length,
    penalty: probe.penalty,
    C: probe.C,
    validation: Object.fromEntries(
      protocols.map(name => {
        const { scores, majorityRate, permuted } = validation[name]
        return [name, { scores, majorityRate, permuted }]
      })
    ),
    ...(unseen !== undefined && { unseen })
  }
}

/** What came of fitting a probe, for people to read. */
export function probeReport(
  validation: SentimentValidation,
  {
    out,
    teacher,
    judged,
    phrases,
    neurons,
    columns,
    C,
    unseen
  }: ReturnType<typeof reportOf> & {
    readonly out: string
    readonly teacher?: string
    readonly judged?: number | undefined
  }
): string {
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
function validationRow(validation: CrossValidation): Record<string, string> {
  const { accuracy, auc } = validation.scores
  const [low, high] = accuracy.interval
  return {
    accuracy: `${percent(accuracy.mean)} ± ${percent(accuracy.deviation)}`,
    'interval 95 %': `${percent(low)} … ${percent(high)}`,
    AUC: auc === undefined ? '–' : auc.mean.toFixed(3),
    majority: percent(validation.majorityRate),
    permuted: validation.permuted === undefined ? '–' : percent(validation.permuted.accuracy.mean)
  }
}
