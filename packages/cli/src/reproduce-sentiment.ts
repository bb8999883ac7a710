import type { Engine, Model } from '@vgm/mlstm'
import { type CrossValidation, joinColumns, type Matrix, type Summaries } from '@vgm/probe'
import { descriptorsOf } from './descriptor-matrix.js'
import type { FeatureKind } from './feature-kind.js'
import { fitInThread } from './fit-in-thread.js'
import { sensibleCs } from './fit-sentiment.js'
import { featuresOf, type Phrase } from './sentiment-features.js'
import { type ProtocolName, protocols, type ValidationEffort } from './sentiment-validation.js'
import { type BaselineSettings, validateBaseline } from './supervised-baseline.js'

/** What {@link reproduceSentiment} is to do. */
export interface ReproduceSentimentOptions {
  readonly engine: Engine
  readonly effort: ValidationEffort
  readonly baseline: BaselineSettings
  readonly signal: AbortSignal
  readonly onProgress: (share: number, note: string) => void
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

/** What the user decides of an effort. */
export interface EffortChoice {
  readonly folds?: number
  readonly repeats?: number
  readonly c?: number
  readonly seed?: number
}

/** With all repeats and permutations, or with as little as tells something. */
export function effortOf(isQuick: boolean, { folds, repeats, c, seed = 0 }: EffortChoice): ValidationEffort {
  const Cs = c !== undefined ? [c] : isQuick ? [0.03] : sensibleCs.l1
  const deals = repeats ?? (isQuick ? 1 : 3)
  return {
    folds: folds ?? (isQuick ? 5 : 10),
    repeats: deals,
    permutations: isQuick ? 0 : deals,
    penalty: 'l1',
    Cs,
    seed
  }
}

/** Found within the training parts of folds, by phrase and by piece. */
export function baselineOf(isQuick: boolean, units: number | undefined): BaselineSettings {
  const sizes = { embedding: 64, learningRate: 3e-3 }
  return isQuick ? { units: units ?? 64, epochs: 3, ...sizes } : { units: units ?? 128, epochs: 7, ...sizes }
}

/** What each part takes beside one reading by a model of 512 units: what the time left is reckoned from. */
const costs = { fit: 0.01, baselineEpoch: 0.001 }

/**
 * How well sentiment is told, by phrase and by piece: by probes on the states of models, on musical descriptors and on both,
 * and by an mLSTM that learns from the labelled phrases alone, all on the same folds.
 *
 * @param models By the names that they have in the results.
 */
export async function reproduceSentiment(
  phrases: readonly Phrase[],
  models: ReadonlyMap<string, Model>,
  { engine, effort, baseline, signal, onProgress }: ReproduceSentimentOptions
): Promise<SentimentResult[]> {
  const { folds, repeats, permutations, Cs } = effort
  const fits = protocols.length * folds * (repeats + permutations) * (Cs.length === 1 ? 1 : 3 * Cs.length)
  const validationCost = costs.fit * fits
  const baselineCost = costs.baselineEpoch * baseline.units * baseline.epochs * folds
  const total = validationCost + models.size * (2 + 3 * validationCost) + protocols.length * baselineCost
  let done = 0
  /** The part of the work that comes next; what it says is put behind its name. */
  const part = (cost: number, name: string) => {
    const before = done
    done += cost
    return (share: number, note: string) => onProgress((before + share * cost) / total, `${name}, ${note}`)
  }

  const results: SentimentResult[] = []
  const labelled = phrases.map(({ piece, sentiment }) => ({ piece, sentiment }))
  const validate = async (features: Matrix, method: FeatureKind, model?: string) => {
    const name = model === undefined ? method : `${model}: ${method}`
    const onProgress = part(validationCost, name)
    const { validation } = await fitInThread({ features, phrases: labelled, effort }, { signal, onProgress })
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
  const descriptors = descriptorsOf(scores)
  const reference: Record<ProtocolName, CrossValidation> = await validate(descriptors, 'descriptors')
  for (const [name, model] of models) {
    const read = async (kind: FeatureKind) =>
      (
        await featuresOf(kind, scores, model, {
          engine: async () => engine,
          signal,
          onProgress: part(1, `${name}: ${kind}`)
        })
      ).features
    const states = await read('states')
    await validate(states, 'states', name)
    await validate(await read('mean'), 'mean', name)
    await validate(joinColumns(states, descriptors), 'both', name)
  }
  for (const protocol of protocols) {
    const scores = await validateBaseline(phrases, reference[protocol], baseline, {
      engine,
      signal,
      seed: effort.seed,
      onProgress: part(baselineCost, `supervised mLSTM ${protocol}`)
    })
    results.push({ method: 'baseline', folds: protocol, scores })
  }
  return results
}
