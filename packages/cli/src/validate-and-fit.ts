import { type CrossValidation, chooseC, fit, type Matrix, type Probe } from '@vgm/probe'
import type { Phrase } from './sentiment-features.js'
import {
  comparingTolerance,
  type ProtocolName,
  type ValidationEffort,
  validateSentiment
} from './sentiment-validation.js'

/** What a probe is fitted to. It can be sent to another thread. */
export interface FitTask {
  readonly features: Matrix
  readonly phrases: readonly Pick<Phrase, 'piece' | 'sentiment'>[]
  readonly effort: ValidationEffort
}

/** A probe, and what it is worth. */
export interface FitResult {
  readonly probe: Probe
  readonly validation: Record<ProtocolName, CrossValidation>
}

/** How long the validation takes, as a share of the whole. */
const validationShare = 0.95

/** Validates a probe by both protocols, then fits one to all phrases, with the C that does best on unseen pieces. */
export function validateAndFit(
  { features, phrases, effort }: FitTask,
  onProgress: (share: number, note: string) => void
): FitResult {
  const validation = validateSentiment(features, phrases, effort, (share, note) =>
    onProgress(share * validationShare, note)
  )
  onProgress(validationShare, 'choosing C and fitting')
  const { Cs, seed, penalty } = effort
  const labels = phrases.map(({ sentiment }) => sentiment)
  const groups = phrases.map(({ piece }) => piece)
  const fitting = { penalty, standardize: true }
  const comparing = { ...fitting, tolerance: comparingTolerance, Cs, groups, seed }
  const [only = 1, ...others] = Cs
  const C = others.length === 0 ? only : chooseC(features, labels, comparing).C
  return { probe: fit(features, labels, { ...fitting, C }), validation }
}
