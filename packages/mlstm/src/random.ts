import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator'
import { skipN } from 'pure-rand/utils/skipN'
import { requireInteger } from './errors.js'

/** A seeded source of chance that can be saved and continued. */
export interface Random {
  /** Uniform in `[0, 1)`. */
  next(): number
  /** Uniform integer in `[0, count)`. */
  below(count: number): number
  /** The generator's position, from which a run goes on when it is resumed. */
  state(): readonly number[]
}

function wrap(generator: JumpableRandomGenerator): Random {
  return {
    next: () => uniformFloat64(generator),
    below: count => uniformInt(generator, 0, count - 1),
    state: () => generator.getState()
  }
}

/** Seeds that differ in few bits start out alike; this many draws later they do not. */
const warmUpDraws = 32

function seeded(seed: number): JumpableRandomGenerator {
  requireInteger('seed', seed, 0, 0xffffffff)
  const generator = xoroshiro128plus(seed | 0)
  skipN(generator, warmUpDraws)
  return generator
}

/**
 * A generator (xoroshiro128+) that gives the same numbers for the same seed.
 *
 * @throws {InvalidOptionError} unless `seed` is an integer from 0 to 2³² − 1.
 */
export function createRandom(seed: number): Random {
  return wrap(seeded(seed))
}

/**
 * Independent generators of one seed, 2⁶⁴ draws apart. A stream depends on the seed and its index alone.
 *
 * @param first The index of the first stream.
 */
export function createStreams(seed: number, count: number, first = 0): Random[] {
  const generator = seeded(seed)
  for (let index = 0; index < first; index++) generator.jump()
  return Array.from({ length: count }, () => {
    const stream = wrap(generator.clone())
    generator.jump()
    return stream
  })
}

/** The generator at a saved position. */
export function restoreRandom(state: readonly number[]): Random {
  return wrap(xoroshiro128plusFromState(state))
}

/** The integers `0 … count − 1` in random order (Fisher-Yates). */
export function permutation(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
  return order
}
