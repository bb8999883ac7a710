import {
  add,
  cast,
  concat,
  div,
  equal,
  expandDims,
  floor,
  greaterEqual,
  lessEqual,
  matMul,
  mul,
  oneHot,
  range,
  reshape,
  slice,
  softmax,
  squeeze,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D
} from '@tensorflow/tfjs-core'
import { constantProduct, hotRows, type Shapes, type Step, type Tensors } from '@vgm/nn'
import { type Heads, informed, layer, normed } from './layer.js'
import { turnOf } from './musical-time.js'
import { told } from './told.js'
import type { TransformerConfig } from './types.js'

const never = -1e9
/** `R`: after so many words the recent ones join those that were settled before. */
export const settleEvery = 32

const layersOf = ({ layers }: TransformerConfig) => Array.from({ length: layers }, (_, l) => l)

/** The keys and values that only settling changes. */
export function keptStates(config: TransformerConfig): string[] {
  return layersOf(config).flatMap(l => [`keys${l}`, `values${l}`])
}

/**
 * What a row remembers: in each layer the keys `[A, d, C]` and values `[A, C, d]` of the words that were settled, the latest last;
 * the same of up to `R` words since then; and how many words it has read.
 */
export function stateShapes(config: TransformerConfig): Shapes {
  const { width, heads, context } = config
  const d = width / heads
  const caches = layersOf(config).map(l => ({
    [`keys${l}`]: [heads, d, context],
    [`values${l}`]: [heads, context, d],
    [`recentKeys${l}`]: [heads, d, settleEvery],
    [`recentValues${l}`]: [heads, settleEvery, d]
  }))
  return Object.assign({}, ...caches, { position: [1], seen: [width] }) as Shapes
}

/** `position` modulo `R`, `[B, 1]`. */
function placeOf(position: Tensor2D): Tensor2D {
  return sub(position, mul(floor(div(add(position, 0.5), settleEvery)), settleEvery)) as Tensor2D
}

const asFloat = (x: Tensor) => cast(x, 'float32') as Tensor2D

/** Reads one word in every row. */
export function readWord(
  weights: Tensors,
  { id, time, controls }: Tensors,
  state: Tensors,
  config: TransformerConfig
): Step {
  const { vocabularySize, heads, width, context, layers } = config
  const B = id!.shape[0]!
  const d = width / heads
  const position = state.position as Tensor2D // (B, 1)
  const place = placeOf(position)
  const here = asFloat(oneHot(cast(squeeze(place, [1]), 'int32') as Tensor1D, settleEvery)) // (B, R)
  const isSettled = asFloat(greaterEqual(range(0, context), sub(context, sub(position, place)))) // (B, C)
  const isRecent = asFloat(lessEqual(range(0, settleEvery), place)) // (B, R)
  const unseen = reshape(mul(sub(1, concat([isSettled, isRecent], 1)), never), [B, 1, 1, -1])
  const recent: Record<string, Tensor> = {}
  const remember = (name: string, at: Tensor, now: Tensor) => {
    const cache = add(mul(state[name]!, sub(1, at)), mul(at, now))
    recent[name] = cache
    return cache
  }
  const each = (x: Tensor2D) => reshape(x, [B, heads, 1, x.shape[1] / heads])
  const attend = ({ query, key, value }: Heads, l: number): Tensor2D => {
    // Scaled before the halves are joined: next to the product ONNX Runtime would make one slow operation of the two.
    const q = concat(
      query.map(half => mul(each(half), 1 / Math.sqrt(d))),
      3
    ) // (B, A, 1, d)
    const k = reshape(concat(key.map(each), 3), [B, heads, d, 1])
    const keys = remember(`recentKeys${l}`, reshape(here, [B, 1, 1, settleEvery]), k)
    const values = remember(`recentValues${l}`, reshape(here, [B, 1, settleEvery, 1]), each(value))
    const scores = concat([matMul(q, state[`keys${l}`]!), matMul(q, keys)], 3) // (B, A, 1, C + R)
    const shares = softmax(add(scores, unseen))
    const ofSettled = slice(shares, [0, 0, 0, 0], [B, heads, 1, context])
    const ofRecent = slice(shares, [0, 0, 0, context], [B, heads, 1, settleEvery])
    const attended = add(matMul(ofSettled, state[`values${l}`]!), matMul(ofRecent, values))
    return reshape(attended, [B, width]) as Tensor2D
  }
  const options = {
    parameters: weights,
    product: constantProduct,
    turn: turnOf(squeeze(position, [1]) as Tensor1D, cast(time!, 'float32') as Tensor1D, config),
    told: told(controls && expandDims(controls, 0), config),
    attend
  }
  const embedding = weights.embedding as Tensor2D
  const read = matMul(hotRows(id as Tensor1D, vocabularySize), embedding) as Tensor2D
  let x = informed(read, options)
  for (let l = 0; l < layers; l++) x = layer(x, l, options)
  const seen = normed(x, weights.gain!)
  return {
    logits: () => matMul(seen, embedding, false, true) as Tensor2D,
    state: { ...recent, position: add(position, 1), seen }
  }
}

/** The recent words settled, where there are `R` of them; the oldest of those settled before are forgotten. */
export function settle(state: Tensors, config: TransformerConfig): Tensors {
  const position = state.position as Tensor2D
  const isDue = reshape(asFloat(equal(placeOf(position), 0)), [-1, 1, 1, 1]) // (B, 1, 1, 1)
  const join = (settled: Tensor, recent: Tensor, axis: number) => {
    const all = concat([settled, recent], axis)
    const start = [0, 0, 0, 0]
    start[axis] = settleEvery
    const joined = slice(all, start, settled.shape)
    return add(mul(joined, isDue), mul(settled, sub(1, isDue)))
  }
  const entries = layersOf(config).flatMap(l => [
    [`keys${l}`, join(state[`keys${l}`]!, state[`recentKeys${l}`]!, 3)],
    [`values${l}`, join(state[`values${l}`]!, state[`recentValues${l}`]!, 2)]
  ])
  return { ...state, ...Object.fromEntries(entries) }
}
