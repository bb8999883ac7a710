import type { Cancel, Watch } from '@vgm/base'
import { featuresVersion } from '@vgm/features'
import {
  type Matrix,
  type Penalty,
  type Probe,
  type ProbeFile,
  probabilities,
  type Scores,
  score
} from '@vgm/probe'
import type { FeatureKind } from '../features/feature-kind.js'
import { type FeatureSources, featuresOf } from '../features/features.js'
import { countPhrases, type LabelledPhrase, labelsOf } from './phrases.js'
import { type Fitter, validateAndFit } from './validate-and-fit.js'
import type { SentimentValidation, ValidationEffort } from './validate-sentiment.js'

/** Options of {@link fitSentiment}. */
export interface FitSentimentOptions extends FeatureSources, Cancel, Watch {
  /** What the probe sees of a phrase. */
  readonly kind: FeatureKind
  /** How it is validated; `Cs` are {@link sensibleCs} by default. */
  readonly effort: Omit<ValidationEffort, 'Cs'> & { readonly Cs?: readonly number[] }
  /** Phrases that the probe never sees and is judged on in the end. */
  readonly unseen?: readonly LabelledPhrase[]
  /** What validates and fits, for minutes (default: {@link validateAndFit}, which blocks). */
  readonly fitter?: Fitter
}

/** A probe of sentiment, and what it is worth. */
export interface FittedSentiment {
  /** The probe with all that its file says, for `probeToJson(file.probe, file)` and for `openJudge`. */
  readonly file: ProbeFile
  readonly validation: SentimentValidation
  /** How the probe does on the phrases of `unseen`; absent without any. */
  readonly unseen?: UnseenScores
}

/** How a probe does on phrases that it has not seen. */
export interface UnseenScores extends Pick<Scores, 'accuracy' | 'balancedAccuracy' | 'auc'> {
  readonly phrases: number
  readonly pieces: number
  /** Accuracy of always giving the more frequent label. */
  readonly majorityRate: number
}

/** Values of C that are worth trying on a thousand phrases and as many columns. */
export const sensibleCs: Readonly<Record<Penalty, readonly number[]>> = {
  l1: [0.01, 0.03, 0.1, 0.3],
  'elastic-net': [0.01, 0.03, 0.1, 0.3],
  l2: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03]
}

/**
 * Validates a probe by both protocols, then fits one to all phrases, with the C that does best on unseen pieces.
 *
 * @throws {MissingStatesError} if the kind needs a model's states and there is no model.
 * @throws {FoldsError | OneClassError} as `crossValidate` of `@vgm/probe`.
 */
export async function fitSentiment(
  phrases: readonly LabelledPhrase[],
  { kind, effort: given, unseen = [], fitter = validateAndFit, states, ...watch }: FitSentimentOptions
): Promise<FittedSentiment> {
  const effort = { ...given, Cs: given.Cs ?? sensibleCs[given.penalty] }
  const scores = [...phrases, ...unseen].map(phrase => phrase.score)
  const { features: all, names } = await featuresOf(kind, scores, { states, ...watch })
  const features = rowsOf(all, 0, phrases.length)
  const examples = phrases.map(({ piece, sentiment }) => ({ piece, sentiment }))
  const { probe, validation } = await fitter({ features, examples, effort }, watch)
  return {
    file: {
      probe,
      ...(kind !== 'descriptors' && states !== undefined && { model: states.model }),
      featureKind: kind,
      ...((kind === 'descriptors' || kind === 'both') && { featuresVersion, featureNames: names }),
      validation
    },
    validation,
    ...(unseen.length > 0 && { unseen: judgedOn(probe, rowsOf(all, phrases.length, all.rows), unseen) })
  }
}

function judgedOn(probe: Probe, features: Matrix, phrases: readonly LabelledPhrase[]): UnseenScores {
  const labels = labelsOf(phrases)
  const { pieces, majorityRate } = countPhrases(phrases)
  const { accuracy, balancedAccuracy, auc } = score(labels, probabilities(probe, features))
  return {
    phrases: phrases.length,
    pieces,
    accuracy,
    ...(balancedAccuracy !== undefined && { balancedAccuracy }),
    ...(auc !== undefined && { auc }),
    majorityRate
  }
}

function rowsOf({ data, columns }: Matrix, first: number, end: number): Matrix {
  return { data: data.subarray(first * columns, end * columns), rows: end - first, columns }
}
