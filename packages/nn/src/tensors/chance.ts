import {
  add,
  cast,
  floor,
  greaterEqual,
  mul,
  range,
  reshape,
  slice,
  sub,
  type Tensor
} from '@tensorflow/tfjs-core'
import type { Random } from '@vgm/base'

/** Leaves out a share of a tensor's numbers in training. */
export interface Chance {
  /**
   * A mask to multiply with: 0 for what is left out, `1 / (1 − rate)` for what is kept.
   *
   * @param dropout The name of the rate, among the architecture's `dropouts`.
   * @param shape The mask's shape. It broadcasts: one number of it serves all that it is multiplied with.
   * @param place Tells masks of one rate apart, such as the number of a layer (default: 0).
   * @returns `undefined` where the rate is 0.
   */
  mask(dropout: string, shape: readonly number[], place?: number): Tensor | undefined
}

/** Nothing is left out. */
export const noChance: Chance = { mask: () => undefined }

/** The number of lanes of the generator's state. */
const lanes = 3
/** A prime for each lane. Below 2¹⁰, so that every product of two residues is exact in float32, on every device. */
const primes = [1021, 1019, 1013] as const
const states = primes[0] * primes[1]

/** The shape of the numbers that seed the chance of one step. */
export const chanceShape = [lanes] as const

/** Numbers that seed the chance of one step, `[3]`. */
export function chanceSeed(random: Random): Float32Array {
  return Float32Array.from(primes, prime => random.below(prime))
}

/** `x mod prime` for integers from 0 to below 2²¹. The half keeps a division that rounds badly away from the integers. */
function modulo(x: Tensor, prime: number): Tensor {
  return sub(x, mul(floor(mul(add(x, 0.5), 1 / prime)), prime))
}

type State = readonly [Tensor, Tensor, Tensor]

/** One round of a Feistel network over the three lanes: each takes a product of the other two. */
function mixed([x, y, z]: State): State {
  const x2 = modulo(add(x, add(mul(y, z), mul(y, 389))), primes[0])
  const y2 = modulo(add(y, add(mul(z, x2), mul(z, 571))), primes[1])
  const z2 = modulo(add(z, add(mul(x2, y2), mul(x2, 683))), primes[2])
  return [x2, y2, z2]
}

/** Takes integers from 0 to below 2²⁰ into the state, which broadcasts to their shape. */
function absorbed([x, y, z]: State, index: Tensor): State {
  const low = modulo(index, primes[0])
  const high = modulo(floor(mul(add(index, 0.5), 1 / primes[0])), primes[1])
  const state: State = [modulo(add(x, low), primes[0]), modulo(add(y, high), primes[1]), z]
  return mixed(mixed(state))
}

/**
 * Chance as part of a graph: a counter-based hash of the step's seed, the mask's name and place, and the indices of its
 * elements. It computes with integers that float32 holds exactly, so every engine leaves out the same numbers, and no mask has
 * to be drawn by the host and sent to a device.
 *
 * @param seed Integers from 0 to 1012 that differ from step to step, `[3]`.
 * @param rates Shares that are left out, in `[0, 1)`, by name.
 */
export function chanceOf(seed: Tensor, rates: Readonly<Record<string, number>>): Chance {
  const names = Object.keys(rates).sort()
  const start = primes.map((_, lane) => slice(seed, [lane], [1])) as unknown as State // (1) each
  return {
    mask(dropout, shape, place = 0) {
      const rate = rates[dropout] ?? 0
      if (rate === 0) return undefined
      let state = start
      for (const number of [names.indexOf(dropout), place]) state = absorbed(state, range(number, number + 1))
      for (const [axis, length] of shape.entries()) {
        const others = shape.map((_, k) => (k === axis ? length : 1))
        state = absorbed(
          state.map(lane => reshape(lane, broadcastShape(lane, shape.length))) as unknown as State,
          reshape(range(0, length), others)
        )
      }
      const [x, y] = mixed(state)
      const drawn = add(mul(x, primes[1]), y) // an integer from 0 to below 1021 · 1019
      const kept = cast(greaterEqual(drawn, Math.round(rate * states)), 'float32')
      return mul(kept, 1 / (1 - rate))
    }
  }
}

/** The shape of a lane with ones for the axes that it does not have yet. */
function broadcastShape({ shape }: Tensor, rank: number): number[] {
  return shape.length === rank ? shape : [...new Array<number>(rank).fill(1)]
}
