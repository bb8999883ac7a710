import {
  add,
  concat,
  cos,
  expandDims,
  floor,
  mul,
  sin,
  sub,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tile
} from '@tensorflow/tfjs-core'
import type { TransformerConfig } from './types.js'

/** Beats, bars and phrases in time steps: twice and thrice the powers of two, from 2 to 6,144. */
const musicalWavelengths = Array.from({ length: 12 }, (_, k) => [2 ** (k + 1), 3 * 2 ** k])
  .flat()
  .sort((a, b) => a - b)

const base = 10_000

/** `count` of the musical wavelengths, spread over all of them; 0 for those that are left, which do not turn. */
export function wavelengths(count: number): number[] {
  const last = musicalWavelengths.length - 1
  if (count > last) return [...musicalWavelengths, ...new Array<number>(count - last - 1).fill(0)]
  return Array.from(
    { length: count },
    (_, k) => musicalWavelengths[Math.round((k * last) / Math.max(1, count - 1))]!
  )
}

/** How far the queries and keys of words are turned. */
export interface Turn {
  /** Each `[N, D / 2]`: for every head its pairs of numbers. */
  readonly cosine: Tensor2D
  readonly sine: Tensor2D
}

/**
 * How far queries and keys are turned, so that their product depends on the distance between two words: in the first half of the
 * heads on that in words, in the other half on that in time steps.
 *
 * @param places The word's number in the piece, `[N]`.
 * @param times The time step that each word stands in, `[N]`.
 * @source Su et al. 2021, *RoFormer*, §3.2
 */
export function turnOf(places: Tensor1D, times: Tensor1D, { width, heads }: TransformerConfig): Turn {
  const pairs = width / heads / 2
  const speeds = Array.from({ length: pairs }, (_, k) => base ** (-k / pairs))
  const waves = wavelengths(pairs)
  // The turn since the last whole one, from integers that float32 holds exactly.
  const lengths = tensor1d(waves.map(wave => wave || 1))
  const perStep = tensor1d(waves.map(wave => (wave === 0 ? 0 : (2 * Math.PI) / wave)))
  const time = expandDims(times, 1) // (N, 1)
  const whole = floor(mul(add(time, 0.5), tensor1d(waves.map(wave => 1 / (wave || 1))))) // (N, pairs)
  const byTime = mul(sub(time, mul(whole, lengths)), perStep)
  const byPlace = mul(expandDims(places, 1), tensor1d(speeds)) // (N, pairs)
  const each = [1, heads / 2]
  const angles = concat([tile(byPlace, each), tile(byTime, each)], 1) // (N, D / 2)
  return { cosine: cos(angles) as Tensor2D, sine: sin(angles) as Tensor2D }
}

/**
 * Queries or keys, turned.
 *
 * @param first The first number of each pair, head by head, `[N, D / 2]`.
 * @param second The second number of each pair.
 * @returns Both, turned.
 */
export function turned(
  first: Tensor2D,
  second: Tensor2D,
  { cosine, sine }: Turn
): readonly [Tensor2D, Tensor2D] {
  return [
    sub(mul(first, cosine), mul(second, sine)) as Tensor2D,
    add(mul(second, cosine), mul(first, sine)) as Tensor2D
  ]
}
