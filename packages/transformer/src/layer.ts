import { add, mul, rsqrt, split, square, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Tensors } from '@vgm/nn'
import { gelu } from './gelu.js'
import { type Turn, turned } from './musical-time.js'
import { layerName } from './parameters.js'

const tiny = 1e-6

/** Rows divided by their root mean square, times gains. @source Zhang & Sennrich 2019, eq. 4 */
export function normed(x: Tensor2D, gain: Tensor): Tensor2D {
  const meanSquare = mul(sum(square(x), 1, true), 1 / x.shape[1])
  return mul(mul(x, rsqrt(add(meanSquare, tiny))), gain) as Tensor2D
}

/** The queries and keys, turned, in pairs, and the values, each `[N, D / 2]` or `[N, D]`. */
export interface Heads {
  readonly query: readonly [Tensor2D, Tensor2D]
  readonly key: readonly [Tensor2D, Tensor2D]
  readonly value: Tensor2D
}

/** What a layer computes with. */
export interface LayerOptions {
  readonly parameters: Tensors
  /** A product with a matrix: how it is computed differs between training and composing. */
  readonly product: (matrix: Tensor2D) => (x: Tensor2D) => Tensor2D
  readonly turn: Turn
  /** The classes of all controls, one-hot, `[N, P]`; none without controls. */
  readonly told: Tensor2D | undefined
  /** What the words attend to, `[N, D]`. */
  readonly attend: (heads: Heads, l: number) => Tensor2D
  /** Leaves out a share of a branch's result. */
  readonly leaveOut?: (x: Tensor2D, branch: number) => Tensor2D
}

/** Words, `[N, D]`, and what is told beside them. */
export function informed(
  words: Tensor2D,
  { parameters, product, told }: Pick<LayerOptions, 'parameters' | 'product' | 'told'>
): Tensor2D {
  return told === undefined ? words : (add(words, product(parameters.told as Tensor2D)(told)) as Tensor2D)
}

/**
 * One layer: attention and a feed-forward net, each behind a norm and added to what goes by. What is told is added for the attention
 * alone: in what goes by it would drown the words.
 *
 * @param x `[N, D]`.
 * @returns `[N, D]`.
 * @source Vaswani et al. 2017, §3; Xiong et al. 2020 for the norms' place
 */
export function layer(x: Tensor2D, l: number, options: LayerOptions): Tensor2D {
  const { parameters, product, turn, told, attend, leaveOut = y => y } = options
  const parameter = (name: string) => parameters[`${layerName(l)}.${name}`] as Tensor2D
  const half = x.shape[1] / 2
  const normal = normed(x, parameter('gain'))
  const heard = told === undefined ? normal : (add(normal, product(parameter('told'))(told)) as Tensor2D)
  const projected = product(parameter('heads'))(heard) // (N, 3D)
  const [q1, q2, k1, k2, value] = split(projected, [half, half, half, half, 2 * half], 1) as [
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D
  ]
  const attended = attend({ query: turned(q1, q2, turn), key: turned(k1, k2, turn), value }, l)
  const next = add(x, leaveOut(product(parameter('attended'))(attended), 2 * l)) as Tensor2D
  const expanded = gelu(product(parameter('expand'))(normed(next, parameter('feedGain')))) // (N, 4D)
  return add(next, leaveOut(product(parameter('contract'))(expanded), 2 * l + 1)) as Tensor2D
}
