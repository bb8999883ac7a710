import {
  add,
  cast,
  concat,
  cumsum,
  div,
  expandDims,
  greater,
  matMul,
  mul,
  notEqual,
  range,
  reshape,
  type Scalar,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tile,
  transpose
} from '@tensorflow/tfjs-core'
import { crossEntropyOf, hotRows, sharedProduct, type Tensors, type WindowContext } from '@vgm/nn'
import { type Heads, informed, layer, normed } from './layer.js'
import { turnOf } from './musical-time.js'
import { told } from './told.js'
import type { TransformerConfig } from './types.js'

/** Where a score is that no softmax lets through. */
const never = -1e9
/** Queries are taken in so many parts, each with the keys up to its end: what lies ahead is then hardly computed. */
const parts = 4

/**
 * The mean cross-entropy per word of a window, in nats. Each word attends to those of its own piece before it in the window.
 *
 * @param batch `ids` and `targets`, `[T, B]` int32; `time`, `[T, B]` int32, and `controls`, `[T, B, K]` int32; if given, `carries`,
 *   `[T, B]`, 0 where a word begins a piece, and `weights`, `[T, B]`, each word's share in the loss.
 */
export function windowLoss(
  parameters: Tensors,
  batch: Tensors,
  { config, chance }: WindowContext<TransformerConfig>
): Scalar {
  const { targets, weights } = batch
  const [T, B] = batch.ids!.shape as [number, number]
  const inRows = (x: Tensor) => reshape(transpose(x, [1, 0]), [B * T]) as Tensor1D
  const embedding = parameters.embedding as Tensor2D
  const masked = (x: Tensor2D, dropout: string, place: number) => {
    const mask = chance.mask(dropout, [B * T, config.width], place)
    return mask === undefined ? x : (mul(x, mask) as Tensor2D)
  }
  const ahead = hidden(batch.carries, T)
  const places = tile(range(0, T), [B]) as Tensor1D
  const options = {
    parameters,
    product: sharedProduct,
    turn: turnOf(places, cast(inRows(batch.time!), 'float32') as Tensor1D, config),
    told: told(batch.controls && transpose(batch.controls, [1, 0, 2]), config),
    attend: (heads: Heads, l: number) =>
      attention(heads, { T, B, heads: config.heads, ahead }, (shares, part) => {
        const mask = chance.mask('attention', shares.shape, l * parts + part)
        return mask === undefined ? shares : mul(shares, mask)
      }),
    leaveOut: (x: Tensor2D, branch: number) => masked(x, 'branch', branch)
  }
  const read = sharedProduct(embedding)(hotRows(inRows(batch.ids!), config.vocabularySize))
  let x = masked(informed(read, options), 'embedding', 0)
  for (let l = 0; l < config.layers; l++) x = layer(x, l, options)
  const logits = matMul(normed(x, parameters.gain!), embedding, false, true) as Tensor2D // (BT, V)
  const losses = crossEntropyOf(logits, inRows(targets!))
  if (weights === undefined) return mul(sum(losses), 1 / (B * T)) as Scalar
  return div(sum(mul(losses, inRows(weights))), sum(weights)) as Scalar
}

/** What is added to scores so that no word attends to one after it, or of another piece: `[T, T]` or `[B, 1, T, T]`. */
function hidden(carries: Tensor | undefined, T: number): Tensor {
  const isAhead = cast(greater(expandDims(range(0, T), 0), expandDims(range(0, T), 1)), 'float32') // (T, T)
  if (carries === undefined) return mul(isAhead, never)
  const piece = cumsum(transpose(sub(1, carries), [1, 0]), 1) // (B, T)
  const isOther = cast(notEqual(expandDims(piece, 2), expandDims(piece, 1)), 'float32') // (B, T, T)
  return expandDims(mul(add(isOther, isAhead), never), 1)
}

interface AttentionShape {
  readonly T: number
  readonly B: number
  readonly heads: number
  readonly ahead: Tensor
}

/** Causal attention, `[B · T, D]`; the shares go through `leaveOut`. */
function attention(
  { query, key, value }: Heads,
  { T, B, heads, ahead }: AttentionShape,
  leaveOut: (shares: Tensor, part: number) => Tensor
): Tensor2D {
  const width = value.shape[1]
  const d = width / heads
  const each = (x: Tensor2D) => reshape(x, [B, T, heads, x.shape[1] / heads])
  const q = transpose(mul(concat(query.map(each), 3), 1 / Math.sqrt(d)), [0, 2, 1, 3]) // (B, A, T, d)
  const k = transpose(concat(key.map(each), 3), [0, 2, 3, 1]) // (B, A, d, T)
  const v = transpose(each(value), [0, 2, 1, 3]) // (B, A, T, d)
  const step = Math.ceil(T / parts)
  const attended: Tensor[] = []
  for (let from = 0; from < T; from += step) {
    const to = Math.min(T, from + step)
    const rows = slice(q, [0, 0, from, 0], [B, heads, to - from, d])
    const scores = matMul(rows, slice(k, [0, 0, 0, 0], [B, heads, d, to])) // (B, A, to − from, to)
    const lead = ahead.shape.slice(0, -2)
    const beyond = slice(ahead, [...lead.map(() => 0), from, 0], [...lead, to - from, to])
    const shares = leaveOut(softmax(add(scores, beyond)), from / step)
    attended.push(matMul(shares, slice(v, [0, 0, 0, 0], [B, heads, to, d])))
  }
  const whole = attended.length === 1 ? attended[0]! : concat(attended, 2) // (B, A, T, d)
  return reshape(transpose(whole, [0, 2, 1, 3]), [B * T, width]) as Tensor2D
}
