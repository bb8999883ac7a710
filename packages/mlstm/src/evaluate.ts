import { eager } from './eager.js'
import { NotFiniteError, requireInteger } from './errors.js'
import { requireFiniteStates } from './finite-states.js'
import { requireWordIds } from './ids.js'
import type { Model } from './model.js'
import { weightsInOrder } from './parameters.js'
import { type Reading, type ReadingResult, type ReadingWatch, readSequences } from './sequences.js'
import type { Engine, ModelConfig, Value } from './types.js'

/** How well a model predicts music it is shown. */
export interface Evaluation {
  /** Mean cross-entropy in nats per word. */
  readonly crossEntropy: number
  /** `exp(crossEntropy)`: among how many equally likely words the model is as good as guessing. */
  readonly perplexity: number
  /** The number of words predicted. */
  readonly words: number
}

/** What {@link finalStates} and {@link meanStates} take. */
export interface ReadingOptions extends ReadingWatch {
  /** By default {@link eager} with the backend tfjs has set. */
  readonly engine?: Engine
}

/** What {@link evaluate} takes. */
export interface EvaluateOptions extends ReadingOptions {
  /** The id that ends a piece. */
  readonly endOfPiece: number
}

/** Evaluation with the parameters wherever they are; its figures need not be finite. */
export async function evaluateParameters(
  engine: Engine,
  config: ModelConfig,
  parameters: readonly Value[],
  pieces: readonly ArrayLike<number>[],
  endOfPiece: number,
  watch?: ReadingWatch
): Promise<Evaluation> {
  const inputs = pieces.map(piece => Int32Array.from(piece, (_, k) => (k === 0 ? endOfPiece : piece[k - 1]!)))
  const { losses } = await readSequences(engine, config, parameters, { inputs, targets: pieces }, watch)
  const words = pieces.reduce((total, piece) => total + piece.length, 0)
  const crossEntropy = losses.reduce((total, loss) => total + loss, 0) / words
  return { crossEntropy, perplexity: Math.exp(crossEntropy), words }
}

/**
 * The mean cross-entropy of every word of every piece. Each piece is read from the zero state, after one end-of-piece word,
 * so the figure does not depend on order or batching.
 *
 * @param pieces The ids of each piece, the end-of-piece id last.
 * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
 * @throws {NotFiniteError} if the figure is not finite, as that of a model whose training diverged.
 */
export async function evaluate(
  model: Model,
  pieces: readonly ArrayLike<number>[],
  options: EvaluateOptions
): Promise<Evaluation> {
  requireWordIds('evaluate.pieces', pieces, model.config.vocabularySize)
  requireInteger('evaluate.endOfPiece', options.endOfPiece, 0, model.config.vocabularySize - 1)
  const engine = options.engine ?? (await eager())
  const parameters = weightsInOrder(model.config, model.weights)
  const evaluation = await evaluateParameters(
    engine,
    model.config,
    parameters,
    pieces,
    options.endOfPiece,
    options
  )
  if (!Number.isFinite(evaluation.crossEntropy)) throw new NotFiniteError('the cross-entropy')
  return evaluation
}

/**
 * The final cell state `c` of every sequence, read word by word from the zero state: the features in which a probe looks
 * for sentiment.
 *
 * @returns Row-major `[N, H]`, in the order of the sequences.
 * @throws {InvalidOptionError} if there are no sequences, or an id is not in the vocabulary.
 * @throws {NotFiniteError} if a state is not finite, as that of a model whose training diverged.
 * @source Radford et al. 2017; Ferreira & Whitehead 2019, §5
 */
export async function finalStates(
  model: Model,
  sequences: readonly ArrayLike<number>[],
  options: ReadingOptions = {}
): Promise<Float32Array> {
  requireWordIds('finalStates.sequences', sequences, model.config.vocabularySize)
  const { cells } = await readWith(model, { inputs: sequences }, options)
  requireFiniteStates(cells, model.config.units, 'sequence')
  return cells
}

/**
 * The mean of the cell state `c` over all words of every sequence, read word by word from the zero state: what stands for a
 * sequence as a whole where the final state tells of its end. An empty sequence has zeros.
 *
 * @returns Row-major `[N, H]`, in the order of the sequences.
 * @throws {InvalidOptionError} if there are no sequences, or an id is not in the vocabulary.
 * @throws {NotFiniteError} if a state is not finite, as that of a model whose training diverged.
 */
export async function meanStates(
  model: Model,
  sequences: readonly ArrayLike<number>[],
  options: ReadingOptions = {}
): Promise<Float32Array> {
  requireWordIds('meanStates.sequences', sequences, model.config.vocabularySize)
  const { sums, cells } = await readWith(model, { inputs: sequences, isSummed: true }, options)
  const { units } = model.config
  requireFiniteStates(cells, units, 'sequence')
  return Float32Array.from(sums, (sum, at) => sum / Math.max(1, sequences[Math.floor(at / units)]!.length))
}

async function readWith(model: Model, reading: Reading, options: ReadingOptions): Promise<ReadingResult> {
  const engine = options.engine ?? (await eager())
  return readSequences(engine, model.config, weightsInOrder(model.config, model.weights), reading, options)
}
