import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core'
import type { SeededRandom } from '@vgm/base'
import type * as v from 'valibot'
import type { Specs, Tensors } from './engines/named-program.js'
import type { TensorSpec } from './engines/types.js'
import type { Chance } from './tensors/chance.js'
import type { Shapes, Weights } from './weights.js'

/** What a network is told of the run that it is trained in. */
export interface WindowContext<Config> {
  readonly config: Config
  /** What is left out by chance in this step. */
  readonly chance: Chance
}

/** What training needs to know of a network: its parameters, and the loss of a batch. */
export interface TrainableArchitecture<Config> {
  /** Names the architecture in a model's files, such as `vgm-mlstm`. */
  readonly format: string
  /** The sizes that determine every shape. */
  readonly config: v.GenericSchema<unknown, Config>
  /** Facts that a model's description states, and that have to agree when it is read. */
  readonly facts?: Readonly<Record<string, string>>
  /** The shape of every parameter. Those with two axes or more decay where weights decay. */
  parameters(config: Config): Shapes
  /** Fresh parameters. */
  initial(config: Config, random: SeededRandom): Weights
  /** The shape of what a row carries from one batch of training to the next, zero where it begins; empty for none. */
  carried(config: Config): Shapes
  /** The names of the dropout rates that training may set. */
  readonly dropouts: readonly string[]
  /**
   * The loss of one batch.
   *
   * @param batch What the batch source gives, such as `ids` and `targets`, `[T, B]` int32.
   * @param state What is carried into the batch, each `[B, …]`.
   * @returns The loss, a mean in nats, and what is carried on.
   */
  window(
    parameters: Tensors,
    batch: Tensors,
    state: Tensors,
    context: WindowContext<Config>
  ): { readonly loss: Scalar; readonly state: Tensors }
}

/** What one token of every row gives. */
export interface Step {
  /** The unnormalised log-probabilities of the next token, `[B, V]`; computed when called. */
  logits(): Tensor2D
  /** The state after the token, each `[B, …]`. */
  readonly state: Tensors
}

/**
 * A network that predicts the next token. Training, composing, reading of states, evaluation, export and storage are written
 * once for all of them: a new architecture is one such object.
 */
export interface SequenceArchitecture<Config extends SequenceConfig> extends TrainableArchitecture<Config> {
  /** What the model is told beside each token, per row; a scalar has shape `[]`. Empty for none. */
  inputs(config: Config): Specs
  /** The shape of what a row remembers from token to token, zero where it begins, such as a cache of keys and values. */
  state(config: Config): Shapes
  /** How what a row remembers is tidied now and then; without it `step` gives every state anew. */
  readonly settling?: Settling<Config>
  /** The name of the state `[B, H]` in which a probe looks for what the model knows. */
  readonly readout: string
  /** What `step` computes with, where that is not the parameters themselves. */
  readonly prepared?: Preparation<Config>
  /**
   * Reads one token in every row.
   *
   * @param weights The prepared arrays, or the parameters if nothing is prepared.
   * @param inputs `id`, `[B]` int32, and what else the model is told.
   * @param state Each `[B, …]`. Not modified.
   */
  step(weights: Tensors, inputs: Tensors, state: Tensors, config: Config): Step
}

/**
 * A state in two parts: a large one that `step` leaves alone, so that it need not be copied at every word, and a small one that takes
 * the new words in, until both are settled.
 */
export interface Settling<Config> {
  /** After how many words from the zero state, and again after as many, `settle` is called; a divisor of 64. */
  readonly every: number
  /** The names of the states that `step` does not give. */
  kept(config: Config): readonly string[]
  /** The whole state, settled. Called after other words, too, it changes nothing; it is called once at most after each word. */
  settle(state: Tensors, config: Config): Tensors
}

/** How parameters are prepared for reading and composing, as when products are worked out once for the whole vocabulary. */
export interface Preparation<Config> {
  /** The shapes of the prepared arrays. One that `compute` does not give is the parameter of its name. */
  shapes(config: Config): Shapes
  /** Those of the prepared arrays that are not parameters. */
  compute(parameters: Tensors): Tensors
}

/** The size that every sequence model has. */
export interface SequenceConfig {
  /** `V`, the number of tokens. */
  readonly vocabularySize: number
}

/** Specs of float32 tensors. */
export function floatSpecs(shapes: Shapes, rows?: number): Specs {
  const batch = rows === undefined ? [] : [rows]
  const entries = Object.entries(shapes).map(([name, shape]): [string, TensorSpec] => [
    name,
    { shape: [...batch, ...shape], dtype: 'float32' }
  ])
  return Object.fromEntries(entries)
}
