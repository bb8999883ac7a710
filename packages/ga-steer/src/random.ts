import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { skipN } from 'pure-rand/utils/skipN'

/** A seeded source of chance that can be saved and continued. */
export interface Random {
  /** Uniform in `[0, 1)`. */
  next(): number
  /** Uniform integer in `[0, count)`. */
  below(count: number): number
}

/** A {@link Random} whose position can be saved. */
export interface SavedRandom extends Random {
  state(): readonly number[]
}

function wrap(generator: RandomGenerator): SavedRandom {
  return {
    next: () => uniformFloat64(generator),
    below: count => uniformInt(generator, 0, count - 1),
    state: () => generator.getState()
  }
}

/** Seeds that differ in few bits start out alike; this many draws later they do not. */
const warmUpDraws = 32

/** A generator (xoroshiro128+) that gives the same numbers for the same seed. */
export function createRandom(seed: number): SavedRandom {
  const generator = xoroshiro128plus(seed | 0)
  skipN(generator, warmUpDraws)
  return wrap(generator)
}

/** The generator at a saved position. */
export function restoreRandom(state: readonly number[]): SavedRandom {
  return wrap(xoroshiro128plusFromState(state))
}
