import { type Cancel, InvalidOptionError, requireInteger, requireOneOf, type Watch } from '@vgm/base'
import {
  type Engine,
  eager,
  type LabelledSequences,
  labelledBatches,
  NotFiniteError,
  type Padding,
  parametersOf,
  requireLabelled,
  requireWordIds,
  reusePrograms,
  type TrainSettings,
  train,
  type Weights
} from '@vgm/nn'
import { classify } from './classify.js'
import { mlstmClassifier } from './mlstm-classifier.js'
import type { MlstmConfig } from './types.js'

/** Options of {@link trainClassifier}. */
export interface ClassifierOptions
  extends Partial<Omit<TrainSettings, 'maxNorm' | 'warmUpSteps' | 'dropout'>>,
    Cancel,
    Watch {
  /** The id that fills sequences up: that of a silent time step. */
  readonly padding: number
  /** Where it comes: before a sequence, or after it, so that a state has to outlast it (default: `start`). */
  readonly side?: 'start' | 'end'
  /** By default `eager()` of `@vgm/nn`, with the backend that tfjs has set. */
  readonly engine?: Engine
  /** `B`, the sequences that are read side by side (default: 32). */
  readonly batch?: number
  /** Share of the last hidden state that is left out in training, 0 to below 1 (default: 0). */
  readonly dropout?: number
  /** Examples to measure on after every epoch: the weights of the epoch that is best on them are kept. */
  readonly validation?: LabelledSequences
}

/** An mLSTM that gives the probability that a sequence's label is 1. */
export interface Classifier {
  readonly config: MlstmConfig
  /** Shapes as those of a language model, but for `wo`, `[H, 1]`, and `bo`, `[1]`. */
  readonly weights: Weights
  /** The epoch after which these were the weights. */
  readonly epoch: number
  /**
   * Each sequence is filled up to a multiple of 64 words and read from the zero state; it does not matter which others are
   * read with it.
   *
   * @returns The probability of label 1, `[N]`.
   * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
   */
  probabilities(sequences: readonly ArrayLike<number>[], options?: Cancel): Promise<Float64Array>
}

/** The mean cross-entropy of probabilities, in nats; none is taken for more certain than float32 can say. */
function meanCrossEntropy(probabilities: Float64Array, classes: Int32Array): number {
  const losses = probabilities.map((p, k) => -Math.log(Math.max(1e-7, classes[k] === 1 ? p : 1 - p)))
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/**
 * Trains an mLSTM to tell sequences of two kinds apart, from labelled examples alone: {@link mlstmClassifier} with fresh weights.
 * The sequences of a batch are filled up with `padding` to one length. Binary cross-entropy, gradient through all words, of norm
 * 1 at most, Adam.
 *
 * @param config The sizes of the mLSTM.
 * @param sequences The ids of each example, `N` of them.
 * @param labels 1 for positive, 0 or −1 for negative examples, `[N]`.
 * @throws {InvalidOptionError} if a setting, an id or a label is out of range, or all labels are the same.
 * @throws {ShapeError} if there are not as many labels as sequences.
 * @throws {NotFiniteError} if training diverges: a loss, or the norm of a gradient, is not finite.
 * @source Ferreira & Whitehead 2019, §5: the supervised mLSTM
 */
export async function trainClassifier(
  config: MlstmConfig,
  sequences: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  options: ClassifierOptions
): Promise<Classifier> {
  const { padding: id, side = 'start', batch = 32, dropout = 0, validation, signal, onProgress } = options
  const { epochs = 8, learningRate = 2e-3, patience = 2, weightDecay = 0, seed = 0 } = options
  const caller = 'trainClassifier'
  requireOneOf(caller, 'side', side, ['start', 'end'] as const)
  requireInteger(caller, 'padding', id, 0, config.vocabularySize - 1)
  requireInteger(caller, 'batch', batch, 1)
  const { classes } = requireLabelled(caller, '', { sequences, labels }, config.vocabularySize)
  if (!classes.includes(1) || !classes.includes(0)) {
    throw new InvalidOptionError(caller, 'labels', 'examples of both kinds', labels, `only ${labels[0]}`)
  }
  const unseen = validation && requireLabelled(caller, 'validation.', validation, config.vocabularySize)
  const padding: Padding = { id, side }
  const engine = options.engine ?? (await eager())
  const programs = reusePrograms(engine)
  try {
    const events = train(mlstmClassifier, config, labelledBatches(sequences, classes, { batch, padding }), {
      engine: programs,
      epochs,
      learningRate,
      patience,
      weightDecay,
      seed,
      warmUpSteps: 0,
      dropout: { output: dropout },
      ...(signal && { signal }),
      ...(unseen && {
        async validation(parameters, { engine, signal }) {
          const reading = { engine, batch, padding, signal }
          return meanCrossEntropy(
            await classify(config, parameters, unseen.sequences, reading),
            unseen.classes
          )
        }
      })
    })
    let weights: Weights = {}
    let epoch = 0
    const steps = epochs * Math.ceil(sequences.length / batch)
    for await (const event of events) {
      if (event.type === 'step') {
        onProgress?.({ phase: 'training', done: event.step, total: steps, unit: 'steps' })
      } else if (event.type === 'validation' && event.improved !== undefined) {
        weights = event.improved
        epoch = event.epoch
      } else if (event.type === 'checkpoint' && unseen === undefined) {
        weights = parametersOf(event.checkpoint.arrays)
        epoch = event.checkpoint.position.epoch
      }
    }
    if (epoch === 0) throw new NotFiniteError('the validation loss of every epoch')
    return {
      config,
      weights,
      epoch,
      async probabilities(sequences, { signal } = {}) {
        requireWordIds('probabilities', 'sequences', sequences, config.vocabularySize)
        return classify(config, weights, sequences, { engine, batch, padding, signal })
      }
    }
  } finally {
    programs.dispose()
  }
}
