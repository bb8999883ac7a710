import { add, mul, type Scalar, sum, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import type { CellState } from './cell.js'
import { network, timeSteps } from './network.js'

/**
 * The mean cross-entropy per word of one window, in nats, and the state after it.
 *
 * @param parameters In program order.
 * @param ids The words read, `[T, B]` int32.
 * @param targets The word that follows each, `[T, B]` int32.
 * @param start The state before the window, `[B, H]` each.
 */
export function windowLoss(
  parameters: readonly Tensor[],
  ids: Tensor,
  targets: Tensor,
  start: CellState
): { loss: Scalar; state: CellState } {
  const { step, crossEntropy } = network(parameters)
  const words = timeSteps(ids)
  const followers = timeSteps(targets)
  let state = start
  let total: Tensor1D | undefined
  for (const [t, word] of words.entries()) {
    state = step(word, state)
    const losses = crossEntropy(state.h, followers[t]!) // (B)
    total = total === undefined ? losses : (add(total, losses) as Tensor1D)
  }
  return { loss: mul(sum(total!), 1 / ids.size) as Scalar, state }
}
