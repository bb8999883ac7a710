import {
  add,
  cast,
  expandDims,
  mul,
  notEqual,
  type Scalar,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D
} from '@tensorflow/tfjs-core'
import type { CellState } from './cell.js'
import type { DropoutMasks } from './dropout.js'
import { network, timeSteps } from './network.js'

/** The state, zero in the rows whose word is `endOfPiece`: each piece begins from the zero state, wherever it stands. */
export function resetAtEnds({ h, c }: CellState, word: Tensor1D, endOfPiece: number): CellState {
  const goesOn = expandDims(cast(notEqual(word, endOfPiece), 'float32'), 1) // (B, 1)
  return { h: mul(h, goesOn) as Tensor2D, c: mul(c, goesOn) as Tensor2D }
}

/**
 * The mean cross-entropy per word of one window, in nats, and the state after it. Where a row reads the end of a piece its
 * state is zero first, so that the next piece begins as every piece does when it is evaluated or composed.
 *
 * @param parameters In program order.
 * @param ids The words read, `[T, B]` int32.
 * @param targets The word that follows each, `[T, B]` int32.
 * @param start The state before the window, `[B, H]` each.
 * @param endOfPiece The id that ends a piece.
 * @param masks What is left out; nothing by default.
 */
export function windowLoss(
  parameters: readonly Tensor[],
  ids: Tensor,
  targets: Tensor,
  start: CellState,
  endOfPiece: number,
  masks?: DropoutMasks
): { loss: Scalar; state: CellState } {
  const { step, crossEntropy } = network(parameters, masks)
  const words = timeSteps(ids)
  const followers = timeSteps(targets)
  let state = start
  let total: Tensor1D | undefined
  for (const [t, word] of words.entries()) {
    state = step(word, resetAtEnds(state, word, endOfPiece))
    const losses = crossEntropy(state.h, followers[t]!) // (B)
    total = total === undefined ? losses : (add(total, losses) as Tensor1D)
  }
  return { loss: mul(sum(total!), 1 / ids.size) as Scalar, state }
}
