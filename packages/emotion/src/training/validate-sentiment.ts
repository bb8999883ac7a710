import type { Watch } from '@vgm/base'
import { type CrossValidation, crossValidate, type Matrix, type Penalty } from '@vgm/probe'
import { type Example, labelsOf, piecesOf } from './phrases.js'

/** How much work a validation does. */
export interface ValidationEffort {
  readonly folds: number
  /** How often the folds are dealt. */
  readonly repeats: number
  /** Validations with permuted labels, for comparison; each is as long as one repeat. */
  readonly permutations: number
  readonly penalty: Penalty
  /** Values of C to choose from, in every fold anew; a single one is taken as it is. */
  readonly Cs: readonly number[]
  readonly seed: number
}

/** The protocols of a probe's validation: folds over phrases, as the paper has it, and folds over whole pieces. */
export const protocols = ['by phrase', 'by piece'] as const
/** The name of a protocol. */
export type ProtocolName = (typeof protocols)[number]

/** What a probe is worth, by each protocol. */
export type SentimentValidation = Readonly<Record<ProtocolName, CrossValidation>>

/** Fits stop here while they are only compared. */
export const comparingTolerance = 1e-4

/** How many fits {@link validateSentiment} reports, out of so many. */
export function countFits({ folds, repeats, permutations }: ValidationEffort): number {
  return protocols.length * folds * (repeats + permutations)
}

/**
 * What a probe on these features is worth on phrases, and on pieces, that it has not seen. Phrases of one piece are alike: by
 * phrase, a probe that recognises pieces does well.
 *
 * It takes minutes without a break, so run it in a worker.
 *
 * @param features A row for each phrase.
 * @param examples The phrases' labels and pieces, in the order of the rows.
 * @throws {FoldsError | OneClassError} as `crossValidate` of `@vgm/probe`.
 */
export function validateSentiment(
  features: Matrix,
  examples: readonly Example[],
  effort: ValidationEffort,
  { onProgress }: Watch = {}
): SentimentValidation {
  const [labels, groups] = [labelsOf(examples), piecesOf(examples)]
  const total = countFits(effort)
  const run = (protocol: ProtocolName, before: number) =>
    crossValidate(features, labels, {
      ...effort,
      groups,
      splitGroups: protocol === 'by phrase',
      innerFolds: 3,
      standardize: true,
      tolerance: comparingTolerance,
      onProgress: ({ done }) =>
        onProgress?.({ phase: `validating ${protocol}`, done: before + done, total, unit: 'fits' })
    })
  return { 'by phrase': run('by phrase', 0), 'by piece': run('by piece', total / protocols.length) }
}
