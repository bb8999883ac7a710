import { featuresVersion } from '@vgm/features'
import type { Model } from '@vgm/mlstm'
import {
  type Matrix,
  neuronsOf,
  type Penalty,
  type Probe,
  probabilities,
  probeToJson,
  score
} from '@vgm/probe'
import type { FeatureKind } from './feature-kind.js'
import { fitInThread } from './fit-in-thread.js'
import { modelDigest } from './model-digest.js'
import { type FeatureOptions, featuresOf, type Phrase } from './sentiment-features.js'
import { protocols, type ValidationEffort, validationRow } from './sentiment-validation.js'

/** How {@link fitSentiment} goes about it. */
export interface FitSentimentOptions extends FeatureOptions {
  readonly kind: FeatureKind
  readonly effort: Omit<ValidationEffort, 'Cs'> & { readonly Cs?: readonly number[] }
  /** Phrases that the probe never sees and is judged on in the end. */
  readonly unseen?: readonly Phrase[]
  readonly onProgress: (share: number, note: string) => void
}

/** Values of C that are worth trying on a thousand phrases and as many columns. */
export const sensibleCs: Readonly<Record<Penalty, readonly number[]>> = {
  l1: [0.01, 0.03, 0.1, 0.3],
  'elastic-net': [0.01, 0.03, 0.1, 0.3],
  l2: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03]
}

/** How long reading takes, as a share of the whole. */
const featuresShare = 0.1

/** Validates a probe by both protocols, then fits one to all phrases, with the C that does best on unseen pieces. */
export async function fitSentiment(model: Model, phrases: readonly Phrase[], options: FitSentimentOptions) {
  const { kind, effort: given, unseen = [], signal, onProgress } = options
  const { penalty } = given
  const effort = { ...given, Cs: given.Cs ?? sensibleCs[penalty] }
  const scores = [...phrases, ...unseen].map(phrase => phrase.score)
  const { features: all, names } = await featuresOf(kind, scores, model, {
    ...options,
    onProgress: (share, note) => onProgress(share * featuresShare, note)
  })
  const features = rowsOf(all, 0, phrases.length)
  const examples = phrases.map(({ piece, sentiment }) => ({ piece, sentiment }))
  const { probe, validation } = await fitInThread(
    { features, phrases: examples, effort },
    { signal, onProgress: (share, note) => onProgress(featuresShare + share * (1 - featuresShare), note) }
  )
  const text = probeToJson(probe, {
    ...(kind !== 'descriptors' && { model: modelDigest(model) }),
    featureKind: kind,
    ...((kind === 'descriptors' || kind === 'both') && { featuresVersion, featureNames: names }),
    validation
  })
  return {
    text,
    report: {
      features: kind,
      phrases: phrases.length,
      pieces: countPieces(phrases),
      columns: features.columns,
      neurons: neuronsOf(probe).length,
      penalty,
      C: probe.C,
      validation: Object.fromEntries(
        protocols.map(name => {
          const { scores, majorityRate, permuted } = validation[name]
          return [name, { scores, majorityRate, permuted }]
        })
      ),
      ...(unseen.length > 0 && {
        unseen: judgedOn(probe, rowsOf(all, phrases.length, all.rows), unseen)
      })
    },
    rows: protocols.map(name => ({ folds: name, ...validationRow(validation[name]) }))
  }
}

/** How a probe does on phrases that it has not seen. */
function judgedOn(probe: Probe, features: Matrix, phrases: readonly Phrase[]) {
  const labels = labelsOf(phrases)
  const positive = labels.filter(label => label === 1).length
  const { accuracy, balancedAccuracy, auc } = score(labels, probabilities(probe, features))
  return {
    phrases: phrases.length,
    pieces: countPieces(phrases),
    accuracy,
    balancedAccuracy,
    auc,
    majorityRate: Math.max(positive, labels.length - positive) / labels.length
  }
}

function rowsOf({ data, columns }: Matrix, first: number, end: number): Matrix {
  return { data: data.subarray(first * columns, end * columns), rows: end - first, columns }
}

const labelsOf = (phrases: readonly Phrase[]) => phrases.map(({ sentiment }) => sentiment)

const countPieces = (phrases: readonly Phrase[]) => new Set(phrases.map(({ piece }) => piece)).size
