import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { skipN } from 'pure-rand/utils/skipN'

/** Seeds that differ in few bits start out alike; this many draws later they do not. */
const warmUpDraws = 32

/** A seeded source of chance. */
export interface Random {
  /** Uniform integer in `[0, count)`. */
  below(count: number): number
}

/** A generator (xoroshiro128+) that gives the same numbers for the same seed, an integer from 0 to 2³² − 1. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0)
  skipN(generator, warmUpDraws)
  return { below: count => uniformInt(generator, 0, count - 1) }
}

/** The integers `0 … count − 1` in random order (Fisher-Yates). */
export function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
