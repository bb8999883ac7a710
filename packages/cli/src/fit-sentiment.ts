import type { Model } from '@vgm/mlstm'
import { chooseC, fit, neuronsOf, probeToJson } from '@vgm/probe'
import {
  type FeatureKind,
  type FeatureOptions,
  featuresOf,
  modelDigest,
  type Phrase
} from './sentiment-features.js'
import { protocols, type ValidationEffort, validateSentiment, validationRow } from './sentiment-validation.js'

/** How {@link fitSentiment} goes about it. */
export interface FitSentimentOptions extends FeatureOptions {
  readonly kind: FeatureKind
  readonly effort: Omit<ValidationEffort, 'Cs'> & { readonly Cs?: readonly number[] }
  readonly onProgress: (share: number, note: string) => void
}

/** Values of C that are worth trying on a thousand phrases and as many columns. */
const sensibleCs = [0.01, 0.03, 0.1, 0.3]

const kindNames: Record<FeatureKind, string> = {
  states: 'final cell state after an end of piece and the words of a phrase without its end',
  descriptors: 'musical descriptors',
  both: 'final cell state, then musical descriptors'
}

/** How long each part takes, as a share of the whole. */
const shares = { states: 0.1, validation: 0.85 }

/** Validates a probe by both protocols, then fits one to all phrases, with the C that does best on unseen pieces. */
export async function fitSentiment(model: Model, phrases: readonly Phrase[], options: FitSentimentOptions) {
  const { kind, effort: given, signal, onProgress } = options
  const effort = { ...given, Cs: given.Cs ?? sensibleCs }
  const { features, names } = await featuresOf(
    kind,
    phrases.map(({ score }) => score),
    model,
    { ...options, onProgress: (share, note) => onProgress(share * shares.states, note) }
  )
  signal.throwIfAborted()
  const validation = validateSentiment(features, phrases, effort, (share, note) =>
    onProgress(shares.states + share * shares.validation, note)
  )
  const labels = phrases.map(({ sentiment }) => sentiment)
  const groups = phrases.map(({ piece }) => piece)
  const { Cs, seed } = effort
  const C = Cs.length === 1 ? Cs[0]! : chooseC(features, labels, { Cs, groups, seed, standardize: true }).C
  const probe = fit(features, labels, { C, standardize: true })
  const text = probeToJson(probe, {
    ...(kind !== 'descriptors' && { model: modelDigest(model) }),
    featureKind: kindNames[kind],
    ...(kind !== 'states' && { featureNames: names }),
    validation
  })
  return {
    text,
    report: {
      features: kind,
      phrases: phrases.length,
      pieces: new Set(groups).size,
      columns: features.columns,
      neurons: neuronsOf(probe).length,
      C,
      validation: Object.fromEntries(
        protocols.map(name => {
          const { scores, majorityRate, permuted } = validation[name]
          return [name, { scores, majorityRate, permuted }]
        })
      )
    },
    rows: protocols.map(name => ({ folds: name, ...validationRow(validation[name]) }))
  }
}
