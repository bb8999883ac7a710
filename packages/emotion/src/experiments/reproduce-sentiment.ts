import type { Cancel, Watch } from '@vgm/base'
import { joinColumns, type Matrix, type Summaries } from '@vgm/probe'
import { describeScores } from '../features/describe-scores.js'
import type { FeatureKind } from '../features/feature-kind.js'
import { type StateReader, statesOf } from '../features/states.js'
import type { LabelledPhrase } from '../training/phrases.js'
import { type Fitter, validateAndFit } from '../training/validate-and-fit.js'
import {
  type ProtocolName,
  protocols,
  type SentimentValidation,
  type ValidationEffort
} from '../training/validate-sentiment.js'
import type { BaselineSettings } from './effort.js'
import { type TrainClassifier, validateBaseline } from './supervised-baseline.js'

/** Options of {@link reproduceSentiment}. */
export interface ReproduceSentimentOptions extends Cancel, Watch {
  readonly effort: ValidationEffort
  /** The classifier that learns from labelled phrases alone. */
  readonly baseline: BaselineSettings & { readonly train: TrainClassifier }
  /** What validates, for minutes (default: `validateAndFit`, which blocks). */
  readonly fitter?: Fitter
}

/** How well one way of telling sentiment does by one protocol. */
export interface SentimentResult {
  readonly method: FeatureKind | 'baseline'
  /** Whose states are read; absent where no model is. */
  readonly model?: string
  readonly folds: ProtocolName
  readonly scores: Summaries
  /** Mean accuracy with permuted labels; absent where there were no permutations. */
  readonly permuted?: number
}

/** What each part takes beside one reading by a model of 512 units, to estimate the remaining time. */
const costs = { fit: 0.01, baselineEpoch: 0.001 }

/**
 * How well sentiment is told, by phrase and by piece: by probes on the states of models, on musical descriptors and on both,
 * and by a classifier that learns from the labelled phrases alone, all on the same folds.
 *
 * @param models By the names that they have in the results.
 */
export async function reproduceSentiment(
  phrases: readonly LabelledPhrase[],
  models: ReadonlyMap<string, StateReader>,
  { effort, baseline, fitter = validateAndFit, signal, onProgress }: ReproduceSentimentOptions
): Promise<SentimentResult[]> {
  const { folds, repeats, permutations, Cs } = effort
  const fits = protocols.length * folds * (repeats + permutations) * (Cs.length === 1 ? 1 : 3 * Cs.length)
  const validationCost = costs.fit * fits
  const baselineCost = costs.baselineEpoch * baseline.units * baseline.epochs * folds
  const total = validationCost + models.size * (2 + 3 * validationCost) + protocols.length * baselineCost
  let finished = 0
  /** How the part of the work that comes next is watched. */
  const part = (cost: number, name: string): Cancel & Watch => {
    const before = finished
    finished += cost
    return {
      signal,
      onProgress: progress => {
        const share = progress.total === undefined ? 0 : progress.done / progress.total
        const done = before + share * cost
        onProgress?.({ phase: `${name}, ${progress.phase}`, done, total, unit: 'steps' })
      }
    }
  }

  const results: SentimentResult[] = []
  const examples = phrases.map(({ piece, sentiment }) => ({ piece, sentiment }))
  const validate = async (
    features: Matrix,
    method: FeatureKind,
    model?: string
  ): Promise<SentimentValidation> => {
    const name = model === undefined ? method : `${model}: ${method}`
    const { validation } = await fitter({ features, examples, effort }, part(validationCost, name))
    for (const protocol of protocols) {
      const { scores, permuted } = validation[protocol]
      results.push({
        method,
        ...(model !== undefined && { model }),
        folds: protocol,
        scores,
        ...(permuted !== undefined && { permuted: permuted.accuracy.mean })
      })
    }
    return validation
  }

  const scores = phrases.map(({ score }) => score)
  const descriptors = await describeScores(scores, { signal })
  const reference = await validate(descriptors, 'descriptors')
  for (const [name, model] of models) {
    const states = await statesOf(scores, 'final', model, part(1, `${name}: states`))
    await validate(states, 'states', name)
    const means = await statesOf(scores, 'mean', model, part(1, `${name}: mean`))
    await validate(means, 'mean', name)
    await validate(joinColumns(states, descriptors), 'both', name)
  }
  for (const protocol of protocols) {
    const watch = part(baselineCost, `supervised mLSTM ${protocol}`)
    const scores = await validateBaseline(phrases, reference[protocol], baseline.train, watch)
    results.push({ method: 'baseline', folds: protocol, scores })
  }
  return results
}
