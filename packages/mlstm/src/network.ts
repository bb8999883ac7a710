import {
  add,
  cast,
  logSoftmax,
  mul,
  neg,
  oneHot,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  unstack
} from '@tensorflow/tfjs-core'
import { type CellState, cell } from './cell.js'
import { type DropoutMasks, masked } from './dropout.js'
import { sharedProduct } from './shared-product.js'

/** The whole language model as functions of one time step. */
export interface Network {
  /** Reads one word per row, `[B]` int32, and returns the next state. */
  step(ids: Tensor1D, state: CellState): CellState
  /** The unnormalised log-probabilities of the next word, `[B, V]`, from a hidden state `[B, H]`. */
  logits(h: Tensor2D): Tensor2D
  /** Minus the log-probability of each row's next word, `[B]`. */
  crossEntropy(h: Tensor2D, targets: Tensor1D): Tensor1D
}

/** Rows of zeros with a one where each id says, `[B, V]`. */
function hotRows(ids: Tensor1D, vocabularySize: number): Tensor2D {
  return cast(oneHot(ids, vocabularySize), 'float32') as Tensor2D
}

/** Minus the log-probability of each row's next word, `[B]`, from logits `[B, V]`. */
export function crossEntropyOf(logits: Tensor2D, targets: Tensor1D): Tensor1D {
  return neg(sum(mul(hotRows(targets, logits.shape[1]), logSoftmax(logits)), 1)) as Tensor1D
}

/**
 * The network with the given parameters.
 *
 * @param parameters The tensors of {@link parameterShapes}, in program order.
 * @param masks What is left out in training; nothing by default.
 */
export function network(parameters: readonly Tensor[], masks: DropoutMasks = {}): Network {
  const [embedding, wx, wmx, wmh, wm, b, wo, bo] = parameters as [
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor1D,
    Tensor2D,
    Tensor1D
  ]
  const vocabularySize = embedding.shape[0]
  const lookUp = sharedProduct(embedding)
  const project = sharedProduct(wo)
  const toGates = sharedProduct(wx)
  const toMultiplier = sharedProduct(wmx)
  const toProduct = sharedProduct(wmh)
  const products = {
    wmh: (h: Tensor2D) => toProduct(masked(h, masks.recurrent)),
    wm: sharedProduct(wm)
  }
  const inputOf = (x: Tensor2D) => ({ multiplier: toMultiplier(x), gates: add(toGates(x), b) as Tensor2D })
  const logits = (h: Tensor2D) => add(project(masked(h, masks.output)), bo) as Tensor2D // (B, V)
  return {
    step: (ids, state) =>
      cell(inputOf(masked(lookUp(hotRows(ids, vocabularySize)), masks.embedding)), products, state),
    logits,
    crossEntropy: (h, targets) => crossEntropyOf(logits(h), targets)
  }
}

/** The rows of `[T, B]` as `T` tensors `[B]`. */
export function timeSteps<T extends Tensor1D>(tensor: Tensor): T[] {
  return unstack(tensor, 0) as T[]
}
