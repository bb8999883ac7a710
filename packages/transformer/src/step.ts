import {
  add,
  cast,
  concat,
  div,
  expandDims,
  floor,
  lessEqual,
  matMul,
  mul,
  oneHot,
  range,
  reshape,
  softmax,
  squeeze,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D
} from '@tensorflow/tfjs-core'
import { constantProduct, hotRows, type Shapes, type Step, type Tensors } from '@vgm/nn'
import { type Heads, layer, normed } from './layer.js'
import { turnOf } from './musical-time.js'
import { told } from './told.js'
import type { TransformerConfig } from './types.js'

const never = -1e9

/** What a row remembers: the keys and values of the last `C` words, layer by layer, and how many words it has read. */
export function stateShapes({ width, heads, layers, context }: TransformerConfig): Shapes {
  const d = width / heads
  const caches = Array.from({ length: layers }, (_, l) => ({
    [`keys${l}`]: [heads, d, context],
    [`values${l}`]: [heads, context, d]
  }))
  return Object.assign({}, ...caches, { position: [1], seen: [width] }) as Shapes
}

/** Reads one word in every row. Keys and values replace the oldest ones. */
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
  const slot = sub(position, mul(floor(div(add(position, 0.5), context)), context))
  const here = cast(oneHot(cast(squeeze(slot, [1]), 'int32') as Tensor1D, context), 'float32') // (B, C)
  const isEmpty = sub(1, cast(lessEqual(range(0, context), position), 'float32')) // (B, C)
  const unseen = reshape(mul(isEmpty, never), [B, 1, 1, context])
  const caches: Record<string, Tensor> = {}
  const remember = (name: string, at: Tensor, now: Tensor) => {
    const cache = add(mul(state[name]!, sub(1, at)), mul(at, now))
    caches[name] = cache
    return cache
  }
  const each = (x: Tensor2D) => reshape(x, [B, heads, 1, x.shape[1] / heads])
  const attend = ({ query, key, value }: Heads, l: number): Tensor2D => {
    const q = mul(concat(query.map(each), 3), 1 / Math.sqrt(d)) // (B, A, 1, d)
    const k = reshape(concat(key.map(each), 3), [B, heads, d, 1])
    const keys = remember(`keys${l}`, reshape(here, [B, 1, 1, context]), k) // (B, A, d, C)
    const values = remember(`values${l}`, reshape(here, [B, 1, context, 1]), each(value)) // (B, A, C, d)
    const shares = softmax(add(matMul(q, keys), unseen)) // (B, A, 1, C)
    return reshape(matMul(shares, values), [B, width]) as Tensor2D
  }
  const options = {
    parameters: weights,
    product: constantProduct,
    turn: turnOf(squeeze(position, [1]) as Tensor1D, cast(time!, 'float32') as Tensor1D, config),
    told: told(controls && expandDims(controls, 0), config),
    attend
  }
  const embedding = weights.embedding as Tensor2D
  let x = matMul(hotRows(id as Tensor1D, vocabularySize), embedding) as Tensor2D
  for (let l = 0; l < layers; l++) x = layer(x, l, options)
  const seen = normed(x, weights.gain!)
  return {
    logits: () => matMul(seen, embedding, false, true) as Tensor2D,
    state: { ...caches, position: add(position, 1), seen }
  }
}
