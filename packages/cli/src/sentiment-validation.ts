import { type CrossValidation, crossValidate, type Matrix, type Penalty } from '@vgm/probe'
import type { Phrase } from './sentiment-features.js'
import { percent } from './table.js'

/** How much work {@link validateSentiment} does. */
export interface ValidationEffort {
  readonly folds: number
  readonly repeats: number
  /** Runs with permuted labels. */
  readonly permutations: number
  readonly penalty: Penalty
  readonly Cs: readonly number[]
  readonly seed: number
}

/** The protocols of a probe's validation: folds over phrases, as the paper has it, and folds over whole pieces. */
export const protocols = ['by phrase', 'by piece'] as const
export type ProtocolName = (typeof protocols)[number]

/** Fits stop here while they are only compared. */
export const comparingTolerance = 1e-4

/**
 * What a probe on these features is worth on phrases, and on pieces, that it has not seen. Phrases of one piece are alike: by
 * phrase, a probe that recognises pieces does well.
 */
export function validateSentiment(
  features: Matrix,
  phrases: readonly Pick<Phrase, 'piece' | 'sentiment'>[],
  effort: ValidationEffort,
  onProgress: (share: number, note: string) => void
): Record<ProtocolName, CrossValidation> {
  const labels = phrases.map(({ sentiment }) => sentiment)
  const groups = phrases.map(({ piece }) => piece)
  const run = (protocol: ProtocolName, index: number) =>
    crossValidate(features, labels, {
      ...effort,
      groups,
      splitGroups: protocol === 'by phrase',
      innerFolds: 3,
      standardize: true,
      tolerance: comparingTolerance,
      onProgress: ({ done, total = done }) =>
        onProgress((index + done / total) / protocols.length, `${protocol}, fold ${done} of ${total}`)
    })
  return { 'by phrase': run('by phrase', 0), 'by piece': run('by piece', 1) }
}

/** A row of a table: what one validation came to. Shares in per cent. */
export function validationRow(validation: CrossValidation): Record<string, string> {
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
