import type { Cancel, Progress, Watch } from '@vgm/base'
import { chooseC, fit, type Matrix, type Probe } from '@vgm/probe'
import { type Example, labelsOf, piecesOf } from './phrases.js'
import {
  comparingTolerance,
  countFits,
  type SentimentValidation,
  type ValidationEffort,
  validateSentiment
} from './validate-sentiment.js'

/** What a probe is fitted to: plain data, which can be sent to a worker. */
export interface FitTask {
  /** A row for each phrase. */
  readonly features: Matrix
  /** The phrases' labels and pieces, in the order of the rows. */
  readonly examples: readonly Example[]
  readonly effort: ValidationEffort
}

/** A probe, and what it is worth: plain data, too. */
export interface FitResult {
  readonly probe: Probe
  readonly validation: SentimentValidation
}

/** Carries out a {@link FitTask}: {@link validateAndFit} in a worker, `fitInThread` of `@vgm/emotion/node`. */
export type Fitter = (task: FitTask, watch: Cancel & Watch) => FitResult | Promise<FitResult>

/**
 * Validates a probe by both protocols, then fits one to all phrases, with the C that does best on unseen pieces.
 *
 * It takes minutes without a break, so run it in a worker: in a page a Web Worker, in Node `fitInThread` of
 * `@vgm/emotion/node`.
 *
 * @throws {FoldsError | OneClassError} as `crossValidate` of `@vgm/probe`.
 */
export function validateAndFit({ features, examples, effort }: FitTask, watch: Watch = {}): FitResult {
  const total = countFits(effort) + 1
  const report = (phase: string, done: number) => watch.onProgress?.({ phase, done, total, unit: 'fits' })
  const onProgress = ({ phase, done }: Progress) => report(phase, done)
  const validation = validateSentiment(features, examples, effort, { onProgress })
  report('choosing C and fitting', total - 1)
  const { Cs, seed, penalty } = effort
  const [labels, groups] = [labelsOf(examples), piecesOf(examples)]
  const fitting = { penalty, standardize: true }
  const comparing = { ...fitting, tolerance: comparingTolerance, Cs, groups, seed }
  const [only = 1, ...others] = Cs
  const C = others.length === 0 ? only : chooseC(features, labels, comparing).C
  const probe = fit(features, labels, { ...fitting, C })
  report('fitted', total)
  return { probe, validation }
}
