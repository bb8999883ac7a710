import { keep, type Scalar, type Tensor, type Tensor2D, valueAndGrads } from '@tensorflow/tfjs-core'
import { adam, clipByGlobalNorm } from './adam.js'
import type { CellState } from './cell.js'
import { type DropoutMasks, type DropoutRates, maskSpecs, namedMasks, noDropout } from './dropout.js'
import { registerGradients } from './gradients.js'
import { parameterNames, parameterSpecs } from './parameters.js'
import type { ModelConfig, TensorSpec } from './types.js'
import { windowLoss } from './window-loss.js'

/** The size of a training window. */
export interface WindowShape {
  /** `B`, the rows that are read side by side. */
  readonly lanes: number
  /** `T`, the words after which the gradient is cut. */
  readonly window: number
}

/** What is fixed in a training step. */
export interface TrainStepOptions {
  /** The largest joint norm of the gradients. */
  readonly maxNorm: number
  /** The id that ends a piece. */
  readonly endOfPiece: number
  /** How much each step takes off the matrices, as a share of the learning rate. Default 0. */
  readonly weightDecay?: number
  /** What is left out; nothing by default. */
  readonly dropout?: DropoutRates
}

const count = parameterNames.length

/**
 * The inputs of {@link trainStep}: parameters, first moments, second moments (each in program order), `h` and `c` `[B, H]`,
 * ids and targets `[T, B]`, Adam's rate and correction `[]`, and the dropout masks if there are any.
 */
export function trainStepSpecs(
  config: ModelConfig,
  { lanes, window }: WindowShape,
  dropout: DropoutRates = noDropout
): TensorSpec[] {
  const parameters = parameterSpecs(config)
  const state: TensorSpec = { shape: [lanes, config.units], dtype: 'float32' }
  const words: TensorSpec = { shape: [window, lanes], dtype: 'int32' }
  const scalar: TensorSpec = { shape: [], dtype: 'float32' }
  return [
    ...parameters,
    ...parameters,
    ...parameters,
    state,
    state,
    words,
    words,
    scalar,
    scalar,
    ...maskSpecs(dropout, config, lanes)
  ]
}

/**
 * The loss of a window and its gradient with respect to every parameter; the state is carried in, not differentiated.
 *
 * @returns The loss in nats per word, the gradients in program order, and the state after the window.
 */
export function lossAndGradients(
  parameters: readonly Tensor[],
  ids: Tensor,
  targets: Tensor,
  start: CellState,
  endOfPiece: number,
  masks?: DropoutMasks
): { loss: Scalar; gradients: Tensor[]; state: CellState } {
  registerGradients()
  let end: CellState | undefined
  const { value, grads } = valueAndGrads((...current: Tensor[]) => {
    const { loss, state } = windowLoss(current, ids, targets, start, endOfPiece, masks)
    end = { h: keep(state.h.clone()), c: keep(state.c.clone()) }
    return loss
  })([...parameters])
  return { loss: value as Scalar, gradients: grads, state: end! }
}

/**
 * One whole training step as a function of tensors: forward, back-propagation through time, clipping, Adam.
 *
 * @returns A function of the tensors that {@link trainStepSpecs} lists. It gives the loss and the gradients' norm before
 *   clipping, then parameters, first moments, second moments, `h` and `c`: what the next step takes.
 */
export function trainStep({
  maxNorm,
  endOfPiece,
  weightDecay = 0,
  dropout = noDropout
}: TrainStepOptions): (...inputs: Tensor[]) => Tensor[] {
  return (...inputs) => {
    const parameters = inputs.slice(0, count)
    const firsts = inputs.slice(count, 2 * count)
    const seconds = inputs.slice(2 * count, 3 * count)
    const [h, c, ids, targets, rate, correction, ...masks] = inputs.slice(3 * count) as [
      Tensor2D,
      Tensor2D,
      Tensor,
      Tensor,
      Scalar,
      Scalar,
      ...Tensor[]
    ]
    const { loss, gradients, state } = lossAndGradients(
      parameters,
      ids,
      targets,
      { h, c },
      endOfPiece,
      namedMasks(dropout, masks)
    )
    const clipped = clipByGlobalNorm(gradients, maxNorm)
    const updates = parameters.map((parameter, k) =>
      adam(parameter, clipped.gradients[k]!, firsts[k]!, seconds[k]!, {
        rate,
        correction,
        weightDecay: parameter.rank > 1 ? weightDecay : 0
      })
    )
    return [
      loss,
      clipped.norm,
      ...updates.map(update => update.parameter),
      ...updates.map(update => update.first),
      ...updates.map(update => update.second),
      state.h,
      state.c
    ]
  }
}
