import {
  argMax,
  cast,
  cumsum,
  equal,
  expandDims,
  greater,
  less,
  mul,
  range,
  slice,
  softmax,
  sum,
  type Tensor1D,
  type Tensor2D,
  topk
} from '@tensorflow/tfjs-core'
import type { SamplingOptions } from './sampling.js'

const asFloats = (x: Tensor2D) => cast(x, 'float32') as Tensor2D

/**
 * Where each row's cumulative weight first passes its draw, `[B]` int32.
 *
 * @param weights `[B, N]`, at least 0.
 * @param draws `[B, 1]`.
 */
function passing(weights: Tensor2D, draws: Tensor2D): Tensor1D {
  const upTo = cumsum(weights, 1) as Tensor2D // (B, N)
  const total = slice(upTo, [0, weights.shape[1] - 1], [-1, 1]) // (B, 1)
  return argMax(asFloats(greater(upTo, mul(draws, total)) as Tensor2D), 1) as Tensor1D
}

/**
 * Draws a word in each row: what {@link sample} does with every word allowed, as part of a graph.
 *
 * @param logits Unnormalised log-probabilities, `[B, V]`. If one is no number, any word may come.
 * @param draws Uniform in `[0, 1)`, `[B, 1]`; multiples of 2⁻²³, so that no rounding carries them to 1.
 * @returns Ids, `[B]` int32.
 */
export function drawWords(
  logits: Tensor2D,
  draws: Tensor2D,
  { temperature = 1, topK, topP }: SamplingOptions
): Tensor1D {
  if (temperature === 0) return argMax(logits, 1) as Tensor1D
  const scaled = (temperature === 1 ? logits : mul(logits, 1 / temperature)) as Tensor2D
  if (topK === undefined && topP === undefined) return passing(softmax(scaled), draws)

  const candidates = topk(scaled, Math.min(topK ?? logits.shape[1], logits.shape[1])) // descending, ties to the lower id
  let weights = softmax(candidates.values as Tensor2D)
  if (topP !== undefined) {
    const before = cumsum(weights, 1, true) as Tensor2D
    weights = mul(weights, asFloats(less(before, topP) as Tensor2D))
  }
  const position = expandDims(passing(weights, draws), 1)
  const chosen = asFloats(equal(range(0, weights.shape[1], 1, 'int32'), position) as Tensor2D)
  return cast(sum(mul(cast(candidates.indices, 'float32'), chosen), 1), 'int32') as Tensor1D
}
