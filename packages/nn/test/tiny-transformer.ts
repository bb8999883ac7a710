import {
  add,
  cast,
  div,
  expandDims,
  floor,
  greaterEqual,
  lessEqual,
  matMul,
  mul,
  oneHot,
  range,
  reshape,
  type Scalar,
  softmax,
  squeeze,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tanh,
  tile,
  transpose
} from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import type { SequenceArchitecture } from '../src/architecture.js'
import { crossEntropyOf, hotRows } from '../src/tensors/cross-entropy.js'
import { sharedProduct } from '../src/tensors/shared-product.js'
import { sizeOf } from '../src/weights.js'

/** The sizes of a {@link tinyTransformer}. */
export interface TinyConfig {
  readonly vocabularySize: number
  /** `D`. */
  readonly width: number
  /** `A`, the attention heads, each of `D / A`. */
  readonly heads: number
  /** `C`, how many tokens it looks back. */
  readonly context: number
}

const size = v.pipe(v.number(), v.integer(), v.minValue(1))
/** The places in a bar that the model is told apart. */
const beats = 4
/** Where a score is that no softmax lets through. */
const never = -1e9

/** `[N, D]` as `[A]` heads in the second axis but last: `[…, A, D / A]`. */
const inHeads = (x: Tensor, heads: number, rows: readonly number[]) =>
  reshape(x, [...rows, heads, x.shape.at(-1)! / heads])

/**
 * One layer of causal attention with a residual, told the beat that the next token falls on: small enough to read, and in
 * everything unlike an LSTM: it looks back over a cache of keys and values, is trained on padded pieces, and leaves out shares
 * of its attention.
 */
export const tinyTransformer: SequenceArchitecture<TinyConfig> = {
  format: 'tiny-transformer',
  config: v.object({ vocabularySize: size, width: size, heads: size, context: size }),
  parameters: ({ vocabularySize: V, width: D, context: C }) => ({
    embedding: [V, D],
    place: [C, D],
    beat: [beats, D],
    wq: [D, D],
    wk: [D, D],
    wv: [D, D],
    wo: [D, V],
    bo: [V]
  }),
  initial(config, random) {
    const entries = Object.entries(this.parameters(config)).map(([name, shape]) => {
      const chance = random.fork(name)
      const scale = name === 'bo' ? 0 : 1 / Math.sqrt(config.width)
      return [name, Float32Array.from({ length: sizeOf(shape) }, () => (2 * chance.next() - 1) * scale)]
    })
    return Object.fromEntries(entries)
  },
  carried: () => ({}),
  state: ({ width, context }) => ({
    keys: [context, width],
    values: [context, width],
    position: [1],
    seen: [width]
  }),
  dropouts: ['attention'],
  inputs: () => ({ beat: { shape: [], dtype: 'int32' } }),
  readout: 'seen',

  step(weights, inputs, state, { vocabularySize, heads, context, width }) {
    const { embedding, place, beat, wq, wk, wv, wo, bo } = weights as Record<string, Tensor2D>
    const { id, beat: toldBeat } = inputs as Record<string, Tensor1D>
    const batch = id!.shape[0]
    const position = state.position as Tensor2D // (B, 1)
    const slot = sub(position, mul(floor(div(add(position, 0.5), context)), context))
    const here = cast(oneHot(cast(squeeze(slot, [1]), 'int32') as Tensor1D, context), 'float32') as Tensor2D // (B, C)
    const x = add(
      add(matMul(hotRows(id!, vocabularySize), embedding!), matMul(here, place!)),
      matMul(hotRows(toldBeat!, beats), beat!)
    ) as Tensor2D // (B, D)
    const column = expandDims(here, 2) // (B, C, 1)
    const remember = (cache: Tensor, now: Tensor2D) =>
      add(mul(cache, sub(1, column)), mul(column, expandDims(now, 1))) // (B, C, D)
    const keys = remember(state.keys!, matMul(x, wk!))
    const values = remember(state.values!, matMul(x, wv!))
    const query = inHeads(matMul(x, wq!), heads, [batch, 1]) // (B, 1, A, d)
    const scores = sum(mul(query, inHeads(keys, heads, [batch, context])), 3) // (B, C, A)
    const isFilled = cast(lessEqual(range(0, context), position), 'float32') as Tensor2D // (B, C)
    const hidden = mul(expandDims(sub(1, isFilled), 2), never)
    const shares = transpose(
      softmax(transpose(add(mul(scores, Math.sqrt(heads / width)), hidden), [0, 2, 1])),
      [0, 2, 1]
    ) // (B, C, A)
    const attended = sum(mul(expandDims(shares, 3), inHeads(values, heads, [batch, context])), 1) // (B, A, d)
    const seen = tanh(add(x, reshape(attended, [batch, width]))) as Tensor2D
    return {
      logits: () => add(matMul(seen, wo!), bo!) as Tensor2D,
      state: { keys, values, position: add(position, 1), seen }
    }
  },

  window(parameters, batch, _, { config, chance }) {
    const { vocabularySize, width, heads } = config
    const { ids, targets, weights, beat: told } = batch
    const [T, B] = ids!.shape as [number, number]
    const rows = (x: Tensor) => reshape(x, [T * B]) as Tensor1D
    const product = (name: string) => sharedProduct(parameters[name] as Tensor2D)
    const places = rows(tile(expandDims(range(0, T, 1, 'int32'), 1), [1, B]))
    const x = add(
      add(
        product('embedding')(hotRows(rows(ids!), vocabularySize)),
        product('place')(hotRows(places, config.context))
      ),
      product('beat')(hotRows(rows(told!), beats))
    ) as Tensor2D // (TB, D)
    const headsOf = (y: Tensor) => transpose(inHeads(y, heads, [T, B]), [1, 2, 0, 3]) // (B, A, T, d)
    const [q, k, values] = ['wq', 'wk', 'wv'].map(name => headsOf(product(name)(x))) as [
      Tensor,
      Tensor,
      Tensor
    ]
    const isFuture = sub(
      1,
      cast(greaterEqual(expandDims(range(0, T), 1), expandDims(range(0, T), 0)), 'float32')
    )
    const scores = add(mul(matMul(q, k, false, true), Math.sqrt(heads / width)), mul(isFuture, never)) // (B, A, T, T)
    const shares = softmax(scores)
    const mask = chance.mask('attention', [B, heads, T, T])
    const attended = matMul(mask === undefined ? shares : mul(shares, mask), values) // (B, A, T, d)
    const back = reshape(transpose(attended, [2, 0, 1, 3]), [T * B, width])
    const seen = tanh(add(x, back)) as Tensor2D
    const logits = add(product('wo')(seen), parameters.bo!) as Tensor2D
    const losses = mul(crossEntropyOf(logits, rows(targets!)), rows(weights!))
    return { loss: div(sum(losses), sum(weights!)) as Scalar, state: {} }
  }
}
