import {
  add,
  div,
  minimum,
  mul,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor
} from '@tensorflow/tfjs-core'

/** Decay of Adam's first and second moment, and what keeps its division finite. */
const adamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** What Adam needs to know of time, computed in double precision by {@link adamScalars}. */
export interface AdamScalars {
  /** Learning rate divided by the first moment's bias correction `1 − β₁ᵗ`. */
  readonly rate: Scalar
  /** `1 / √(1 − β₂ᵗ)`. */
  readonly correction: Scalar
  /** What is taken off the parameter, as a share of `rate`. Default 0. */
  readonly weightDecay?: number
}

/** The scalars of step `t` (from 1). */
export function adamScalars(t: number, learningRate: number): { rate: number; correction: number } {
  const { beta1, beta2 } = adamSettings
  return { rate: learningRate / (1 - beta1 ** t), correction: 1 / Math.sqrt(1 - beta2 ** t) }
}

/**
 * One Adam update of one parameter; all tensors have the parameter's shape.
 *
 * @returns The new parameter and its two moments.
 * @source Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019 for the decay
 */
export function adam(
  parameter: Tensor,
  gradient: Tensor,
  first: Tensor,
  second: Tensor,
  { rate, correction, weightDecay = 0 }: AdamScalars
): { parameter: Tensor; first: Tensor; second: Tensor } {
  const { beta1, beta2, epsilon } = adamSettings
  const m = add(mul(first, beta1), mul(gradient, 1 - beta1))
  const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2))
  const update = div(mul(m, rate), add(mul(sqrt(v), correction), epsilon))
  const kept = weightDecay === 0 ? parameter : sub(parameter, mul(parameter, mul(rate, weightDecay)))
  return { parameter: sub(kept, update), first: m, second: v }
}

/** Numbers that Adam moves, with their moments. */
export interface AdamNumbers {
  readonly values: readonly number[]
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/**
 * Adam on numbers of the host, in double precision, without decay.
 *
 * @param gradients One for each number.
 * @param step The step's number, from 1.
 * @param learningRate Below 0 it goes uphill.
 */
export function adamOnHost(
  { values, first, second }: AdamNumbers,
  gradients: readonly number[],
  step: number,
  learningRate: number
): AdamNumbers {
  const { beta1, beta2, epsilon } = adamSettings
  const { rate, correction } = adamScalars(step, learningRate)
  const m = first.map((moment, k) => beta1 * moment + (1 - beta1) * gradients[k]!)
  const v = second.map((moment, k) => beta2 * moment + (1 - beta2) * gradients[k]! ** 2)
  const moved = values.map((value, k) => value - (rate * m[k]!) / (Math.sqrt(v[k]!) * correction + epsilon))
  return { values: moved, first: m, second: v }
}

/**
 * Scales gradients so that their joint Euclidean norm is at most `maxNorm`.
 *
 * The norm is infinite from 1.8e19 on, where its square leaves float32; the scaled gradients are then 0, or no numbers.
 *
 * @returns The scaled gradients and the norm before scaling.
 * @source Pascanu et al. 2013, algorithm 1
 */
export function clipByGlobalNorm(
  gradients: readonly Tensor[],
  maxNorm: number
): { gradients: Tensor[]; norm: Scalar } {
  const squares = gradients.map(gradient => sum(square(gradient)))
  const norm = sqrt(squares.reduce((total, part) => add(total, part))) as Scalar
  const scale = minimum(scalar(1), div(scalar(maxNorm), add(norm, 1e-12)))
  return { gradients: gradients.map(gradient => mul(gradient, scale)), norm }
}

/**
 * The learning rate of a step: linear warm-up over the first steps, times linear decay to zero over the whole run.
 *
 * @param step Steps done so far.
 * @param progress Share of the run that is done, in `[0, 1)`.
 */
export function learningRateAt(
  { learningRate, warmUpSteps }: { readonly learningRate: number; readonly warmUpSteps: number },
  step: number,
  progress: number
): number {
  const warmUp = warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / warmUpSteps)
  return learningRate * warmUp * (1 - progress)
}
