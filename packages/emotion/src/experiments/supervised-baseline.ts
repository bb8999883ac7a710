import type { Cancel, Watch } from '@vgm/base'
import { encode } from '@vgm/encoding'
import { type CrossValidation, type Scores, type Summaries, score, summarize } from '@vgm/probe'
import type { LabelledPhrase } from '../training/phrases.js'

/** Tells positive sequences of words from negative ones. */
export interface SequenceClassifier {
  /** The probability that each sequence is positive, `[N]`. */
  probabilities(sequences: readonly Uint16Array[], options?: Cancel): Promise<Float64Array>
}

/**
 * Trains a classifier on labelled sequences alone, such as `trainClassifier` of `@vgm/mlstm`.
 *
 * @param sequences The ids of each phrase, in the vocabulary of `@vgm/encoding`, without its end of piece.
 * @param labels 1 for positive, −1 for negative phrases, `[N]`.
 */
export type TrainClassifier = (
  sequences: readonly Uint16Array[],
  labels: readonly (1 | -1)[],
  watch: Cancel & Watch
) => Promise<SequenceClassifier>

/**
 * The paper's baseline on the folds of a validation, those of its first deal: for each fold a classifier that learns from the
 * labelled phrases of the others.
 */
export async function validateBaseline(
  phrases: readonly LabelledPhrase[],
  { foldOf, protocol }: CrossValidation,
  train: TrainClassifier,
  { signal, onProgress }: Cancel & Watch = {}
): Promise<Summaries> {
  const examples = phrases.map(({ sentiment, score }, index) => ({
    ids: encode(score).subarray(0, -1),
    label: sentiment,
    fold: foldOf[0]?.[index]
  }))
  const { folds } = protocol
  const scores: Scores[] = []
  for (let fold = 0; fold < folds; fold++) {
    const known = examples.filter(example => example.fold !== fold)
    const unseen = examples.filter(example => example.fold === fold)
    const classifier = await train(
      known.map(({ ids }) => ids),
      known.map(({ label }) => label),
      {
        signal,
        onProgress: ({ done, total = done }) =>
          onProgress?.({
            phase: 'training the baseline',
            done: fold + done / total,
            total: folds,
            unit: 'fits'
          })
      }
    )
    const judged = await classifier.probabilities(
      unseen.map(({ ids }) => ids),
      { signal }
    )
    scores.push(
      score(
        unseen.map(({ label }) => label),
        judged
      )
    )
  }
  return summarize(scores, folds)
}
