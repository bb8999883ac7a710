import { requireInteger } from '@vgm/base'
import type { SequenceArchitecture, SequenceConfig } from '../architecture.js'
import { release } from '../engines/handles.js'
import { compileNamed, prefixed } from '../engines/named-program.js'
import { prepare } from '../engines/prepare.js'
import type { HostArray } from '../engines/types.js'
import { NotFiniteError } from '../errors.js'
import type { OpenedModel } from '../open.js'
import { requireFiniteStates } from '../sampling/finite-states.js'
import { requireWordIds } from '../sampling/ids.js'
import { type ToldPiece, toldPiece } from '../training/batches/data.js'
import type { Validation } from '../training/train.js'
import { kindOf, type Reading, type ReadingResult, type ReadingWatch, readWith } from './read.js'
import { readerFunction, readoutWidth } from './reader.js'

/** How well a model predicts music that it is shown. */
export interface Evaluation {
  /** Mean cross-entropy in nats per word. */
  readonly crossEntropy: number
  /** `exp(crossEntropy)`: among how many equally likely words the model is as good as guessing. */
  readonly perplexity: number
  /** The number of words predicted. */
  readonly words: number
}

/** Options of {@link evaluate}. */
export interface EvaluateOptions extends ReadingWatch {
  /** The id that ends a piece. */
  readonly endOfPiece: number
}

/** Each piece to be predicted from its beginning, after one end-of-piece id. */
function predicting(
  caller: string,
  pieces: readonly (ArrayLike<number> | ToldPiece)[],
  { vocabularySize }: SequenceConfig,
  endOfPiece: number
): Reading & { readonly targets: readonly ArrayLike<number>[] } {
  const told = pieces.map(toldPiece)
  const targets = told.map(({ ids }) => ids)
  requireWordIds(caller, 'pieces', targets, vocabularySize)
  requireInteger(caller, 'endOfPiece', endOfPiece, 0, vocabularySize - 1)
  const ids = targets.map(piece => Int32Array.from(piece, (_, k) => (k === 0 ? endOfPiece : piece[k - 1]!)))
  return { ids, targets, inputs: told.map(({ inputs }) => inputs) }
}

function evaluationOf(
  { losses }: ReadingResult,
  { targets }: { targets: readonly ArrayLike<number>[] }
): Evaluation {
  const words = targets.reduce((total, piece) => total + piece.length, 0)
  const crossEntropy = losses.reduce((total, loss) => total + loss, 0) / words
  return { crossEntropy, perplexity: Math.exp(crossEntropy), words }
}

/**
 * The mean cross-entropy of every word of every piece. Each piece is read from the zero state, after one end-of-piece word,
 * so the figure does not depend on order or batching.
 *
 * @param pieces The ids of each piece, the end-of-piece id last, with what the model is told if it is told anything.
 * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
 * @throws {NotFiniteError} if the figure is not finite, as that of a model whose training diverged.
 */
export async function evaluate<Config extends SequenceConfig>(
  opened: OpenedModel<Config>,
  pieces: readonly (ArrayLike<number> | ToldPiece)[],
  { endOfPiece, ...watch }: EvaluateOptions
): Promise<Evaluation> {
  const reading = predicting('evaluate', pieces, opened.config, endOfPiece)
  const evaluation = evaluationOf(await read(opened, reading, watch), reading)
  if (!Number.isFinite(evaluation.crossEntropy)) throw new NotFiniteError('the cross-entropy')
  return evaluation
}

/**
 * A validation for {@link train}: the mean cross-entropy of every word of the pieces, as {@link evaluate} measures it.
 *
 * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
 */
export function pieceValidation<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config,
  pieces: readonly (ArrayLike<number> | ToldPiece)[],
  endOfPiece: number
): Validation {
  const reading = predicting('train', pieces, config, endOfPiece)
  return async (parameters, { engine, signal }) => {
    const { values, made } = await prepare(engine, architecture, config, parameters)
    try {
      const program = await compileNamed(engine, readerFunction(architecture, config, kindOf(reading)))
      try {
        const weights = prefixed('weight', values)
        const result = await readWith(program, architecture, config, reading, { signal, weights })
        return evaluationOf(result, reading).crossEntropy
      } finally {
        program.dispose()
      }
    } finally {
      release(made)
    }
  }
}

/**
 * The model's readout state after each sequence, read word by word from the zero state: the features in which a probe looks
 * for what the model knows.
 *
 * @param options.summary `last`: the state after the last word. `mean`: the mean over all words, which stands for the
 *   sequence as a whole; zeros for an empty sequence.
 * @param options.inputs What the model is told beside each word that is read: for each sequence, by name, row-major `[T, …]`.
 * @returns Row-major `[N, H]`, in the order of the sequences.
 * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
 * @throws {NotFiniteError} if a state is not finite, as that of a model whose training diverged.
 * @source Radford et al. 2017; Ferreira & Whitehead 2019, §5
 */
export async function readStates<Config extends SequenceConfig>(
  opened: OpenedModel<Config>,
  sequences: readonly ArrayLike<number>[],
  options: ReadingWatch & {
    readonly summary: 'last' | 'mean'
    readonly inputs?: readonly Readonly<Record<string, HostArray>>[]
  }
): Promise<Float32Array> {
  const { architecture, config } = opened
  const { summary, inputs, ...watch } = options
  requireWordIds('readStates', 'sequences', sequences, config.vocabularySize)
  const isSummed = summary === 'mean'
  const reading = { ids: sequences, isSummed, ...(inputs !== undefined && { inputs }) }
  const { sums, last } = await read(opened, reading, watch)
  const width = readoutWidth(architecture, config)
  requireFiniteStates(last, width, 'sequence')
  if (!isSummed) return last
  return Float32Array.from(sums, (sum, at) => sum / Math.max(1, sequences[Math.floor(at / width)]!.length))
}

async function read<Config extends SequenceConfig>(
  opened: OpenedModel<Config>,
  reading: Reading,
  watch: ReadingWatch
): Promise<ReadingResult> {
  const { architecture, config, weights } = opened
  const kind = kindOf(reading)
  const loan = await opened.borrow(`read ${JSON.stringify(kind)}`, () =>
    readerFunction(architecture, config, kind, weights)
  )
  try {
    return await readWith(loan.program, architecture, config, reading, watch)
  } finally {
    loan.release()
  }
}
