import { encode, vocabulary } from '@vgm/encoding'
import { type Engine, reusePrograms, trainClassifier } from '@vgm/mlstm'
import { type CrossValidation, score, summarize } from '@vgm/probe'
import type { Phrase } from './sentiment-features.js'

/** Sizes and settings of the mLSTM that learns from labelled phrases alone. */
export interface BaselineSettings {
  readonly units: number
  readonly embedding: number
  readonly epochs: number
  readonly learningRate: number
}

export interface BaselineOptions {
  readonly engine: Engine
  readonly seed: number
  readonly signal: AbortSignal
  readonly onProgress: (share: number, note: string) => void
}

/**
 * The paper's baseline on the folds of a validation, those of its first deal: for each fold an mLSTM that learns from the
 * labelled phrases of the others.
 */
export async function validateBaseline(
  phrases: readonly Phrase[],
  { foldOf, protocol }: CrossValidation,
  { epochs, learningRate, ...sizes }: BaselineSettings,
  { seed, signal, onProgress, engine }: BaselineOptions
): Promise<CrossValidation['scores']> {
  const examples = phrases.map(({ sentiment, score }, index) => ({
    ids: encode(score).subarray(0, -1),
    label: sentiment,
    fold: foldOf[0]?.[index]
  }))
  const config = { vocabularySize: vocabulary.size, ...sizes }
  const reusing = reusePrograms(engine)
  const scores: ReturnType<typeof score>[] = []
  try {
    for (let fold = 0; fold < protocol.folds; fold++) {
      const known = examples.filter(example => example.fold !== fold)
      const unseen = examples.filter(example => example.fold === fold)
      const classifier = await trainClassifier(
        config,
        known.map(({ ids }) => ids),
        known.map(({ label }) => label),
        {
          engine: reusing,
          padding: vocabulary.idOf('.'),
          epochs,
          learningRate,
          seed,
          signal,
          onProgress: share =>
            onProgress((fold + share) / protocol.folds, `fold ${fold + 1} of ${protocol.folds}`)
        }
      )
      const judged = await classifier.probabilities(
        unseen.map(({ ids }) => ids),
        signal
      )
      scores.push(
        score(
          unseen.map(({ label }) => label),
          judged
        )
      )
    }
  } finally {
    reusing.dispose()
  }
  return summarize(scores, protocol.folds)
}
