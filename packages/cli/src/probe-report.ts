import type { fitSentiment } from './fit-sentiment.js'
import { alignedTable, percent } from './table.js'

type Fitted = Awaited<ReturnType<typeof fitSentiment>>

/** What came of fitting a probe, for people to read. */
export function probeReport(
  rows: Fitted['rows'],
  {
    out,
    teacher,
    judged,
    phrases,
    neurons,
    columns,
    C,
    unseen
  }: Fitted['report'] & {
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
  return `${alignedTable(rows)}${lines.join('\n')}\n`
}
