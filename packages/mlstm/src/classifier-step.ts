import {
  add,
  cast,
  concat,
  mul,
  oneHot,
  reshape,
  type Scalar,
  sigmoid,
  split,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  valueAndGrads,
  zeros
} from '@tensorflow/tfjs-core'
import { adam, clipByGlobalNorm } from './adam.js'
import { type CellState, cell } from './cell.js'
import { masked } from './dropout.js'
import { registerGradients } from './gradients.js'
import { crossEntropyOf } from './network.js'
import { parameterNames, parameterSpecs } from './parameters.js'
import { sharedProduct } from './shared-product.js'
import type { ModelConfig, TensorSpec } from './types.js'

const count = parameterNames.length
const maxNorm = 1

/** The specs of a classifier's parameters, in program order: a language model's, with one column in `wo` and `bo`. */
export function classifierSpecs(config: ModelConfig): TensorSpec[] {
  const last: Readonly<Record<string, readonly number[]>> = { wo: [config.units, 1], bo: [1] }
  return parameterSpecs(config).map((spec, k) => ({ ...spec, shape: last[parameterNames[k]!] ?? spec.shape }))
}

/** How many rows of how many words a program reads. */
export interface BatchShape {
  /** `B`. */
  readonly rows: number
  /** `T`. */
  readonly words: number
}

/**
 * The log-odds of a positive label, `[B, 1]`, from the hidden state after the last of the words `[T, B]`. What the words bring
 * to the cell is worked out for all time steps at once, in few large products.
 *
 * @param mask Of the last hidden state, `[B, H]`.
 */
function logOdds(parameters: readonly Tensor[], ids: Tensor, mask?: Tensor2D): Tensor2D {
  const [embedding, wx, wmx, wmh, wm, b, wo, bo] = parameters as Tensor2D[]
  const [words, rows] = ids.shape as [number, number]
  const hot = oneHot(reshape(ids, [words * rows]) as Tensor1D, embedding!.shape[0])
  const x = sharedProduct(embedding!)(cast(hot, 'float32') as Tensor2D) // (TB, E)
  const multipliers = split(sharedProduct(wmx!)(x), words) as Tensor2D[] // (B, H) each
  const gates = split(add(sharedProduct(wx!)(x), b!), words) as Tensor2D[] // (B, 4H) each
  const products = { wmh: sharedProduct(wmh!), wm: sharedProduct(wm!) }
  const start = zeros([rows, wmh!.shape[0]]) as Tensor2D
  let state: CellState = { h: start, c: start }
  for (const [t, multiplier] of multipliers.entries()) {
    state = cell({ multiplier, gates: gates[t]! }, products, state)
  }
  return add(sharedProduct(wo!)(masked(state.h, mask)), bo!)
}

/**
 * The weighted sum of the rows' binary cross-entropies, in nats.
 *
 * @param parameters In program order.
 * @param ids `[T, B]` int32.
 * @param labels `[B]` int32, 1 or 0.
 * @param weights `[B]`; 0 where a row is there to fill the batch only.
 * @param mask What is left of the last hidden state, `[B, H]`.
 */
export function classifierLoss(
  parameters: readonly Tensor[],
  ids: Tensor,
  labels: Tensor,
  weights: Tensor,
  mask: Tensor
): Scalar {
  const odds = logOdds(parameters, ids, mask as Tensor2D)
  const losses = crossEntropyOf(concat([zeros(odds.shape), odds], 1), labels as Tensor1D) // (B)
  return sum(mul(losses, weights))
}

/** {@link classifierLoss} and its gradient with respect to every parameter, in program order. */
export function classifierGradients(
  parameters: readonly Tensor[],
  ...batch: [ids: Tensor, labels: Tensor, weights: Tensor, mask: Tensor]
): { loss: Tensor; gradients: Tensor[] } {
  registerGradients()
  const { value, grads } = valueAndGrads((...current: Tensor[]) => classifierLoss(current, ...batch))([
    ...parameters
  ])
  return { loss: value, gradients: grads }
}

/** The inputs of {@link classify}: parameters, then ids `[T, B]`. */
export function classifySpecs(config: ModelConfig, { rows, words }: BatchShape): TensorSpec[] {
  return [...classifierSpecs(config), { shape: [words, rows], dtype: 'int32' }]
}

/** The probability of a positive label, `[B, 1]`. */
export function classify(...inputs: Tensor[]): Tensor[] {
  return [sigmoid(logOdds(inputs.slice(0, count), inputs[count]!))]
}

/**
 * The inputs of {@link classifierStep}: parameters, first moments, second moments (each in program order), ids `[T, B]`, labels
 * and weights `[B]`, the mask of the last hidden state `[B, H]`, Adam's rate and correction `[]`.
 */
export function classifierStepSpecs(config: ModelConfig, { rows, words }: BatchShape): TensorSpec[] {
  const parameters = classifierSpecs(config)
  const scalar: TensorSpec = { shape: [], dtype: 'float32' }
  return [
    ...parameters,
    ...parameters,
    ...parameters,
    { shape: [words, rows], dtype: 'int32' },
    { shape: [rows], dtype: 'int32' },
    { shape: [rows], dtype: 'float32' },
    { shape: [rows, config.units], dtype: 'float32' },
    scalar,
    scalar
  ]
}

/**
 * One whole training step: forward, back-propagation to the first word, clipping, Adam.
 *
 * @param inputs Those that {@link classifierStepSpecs} lists.
 * @returns The loss and the gradients' norm before clipping, then parameters, first and second moments: what the next step
 *   takes.
 */
export function classifierStep(...inputs: Tensor[]): Tensor[] {
  const parameters = inputs.slice(0, count)
  const firsts = inputs.slice(count, 2 * count)
  const seconds = inputs.slice(2 * count, 3 * count)
  const [ids, labels, weights, mask] = inputs.slice(3 * count) as [Tensor, Tensor, Tensor, Tensor]
  const [rate, correction] = inputs.slice(-2) as [Scalar, Scalar]
  const { loss, gradients } = classifierGradients(parameters, ids, labels, weights, mask)
  const clipped = clipByGlobalNorm(gradients, maxNorm)
  const updates = parameters.map((parameter, k) =>
    adam(parameter, clipped.gradients[k]!, firsts[k]!, seconds[k]!, { rate, correction })
  )
  return [
    loss,
    clipped.norm,
    ...updates.map(update => update.parameter),
    ...updates.map(update => update.first),
    ...updates.map(update => update.second)
  ]
}
