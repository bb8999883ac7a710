import { sha256 } from '@noble/hashes/sha2'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator'
import { skipN } from 'pure-rand/utils/skipN'
import { requireInteger } from './options.js'

/** A source of random numbers that can be saved and continued. */
export interface Random {
  /** Uniform in `[0, 1)`. */
  next(): number
  /** Uniform integer in `[0, count)`. */
  below(count: number): number
  /** The position in the sequence, four integers, for `restoreRandom`. */
  state(): readonly number[]
}

/** A {@link Random} made from a seed, from which independent generators can be taken. */
export interface SeededRandom extends Random {
  /**
   * An independent generator for one purpose, such as `weights` or the index of a piece. It depends on the seed and the
   * purpose alone: not on how many numbers have been drawn, nor on other forks.
   */
  fork(purpose: string | number): SeededRandom
}

function wrap(generator: JumpableRandomGenerator): Random {
  return {
    next: () => uniformFloat64(generator),
    below: count => uniformInt(generator, 0, count - 1),
    state: () => generator.getState()
  }
}

/** Seeds that differ in few bits start out alike; after these many draws they do not. */
const warmUpDraws = 32

function seeded(seed: number): JumpableRandomGenerator {
  requireInteger(undefined, 'seed', seed, 0, 0xffffffff)
  const generator = xoroshiro128plus(seed | 0)
  skipN(generator, warmUpDraws)
  return generator
}

/** The generator at the end of a path of purposes: its state is the first 128 bits of the path's SHA-256. */
function forked(path: string): SeededRandom {
  const digest = sha256(new TextEncoder().encode(path))
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength)
  const state = [0, 4, 8, 12].map(offset => view.getInt32(offset))
  return withForks(wrap(xoroshiro128plusFromState(state)), path)
}

function withForks(random: Random, path: string): SeededRandom {
  return { ...random, fork: purpose => forked(`${path}/${encodeURIComponent(purpose)}`) }
}

/**
 * A generator (xoroshiro128+) that gives the same numbers for the same seed.
 *
 * @throws {InvalidOptionError} unless `seed` is an integer from 0 to 2³² − 1.
 */
export function createRandom(seed: number): SeededRandom {
  return withForks(wrap(seeded(seed)), String(seed))
}

/**
 * Generators of one seed, 2⁶⁴ draws apart. A stream depends on the seed and its index alone.
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

/** The generator at a position that {@link Random.state} gave. */
export function restoreRandom(state: readonly number[]): Random {
  return wrap(xoroshiro128plusFromState(state))
}

/** Puts the values in random order, in place (Fisher-Yates), and returns them. */
export function shuffle<T extends { [index: number]: unknown; readonly length: number }>(
  values: T,
  random: Pick<Random, 'below'>
): T {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = values[last]
    values[last] = values[other]
    values[other] = kept
  }
  return values
}

/** The integers `0 … count − 1` in random order. */
export function permutation(count: number, random: Pick<Random, 'below'>): number[] {
  return shuffle(
    Array.from({ length: count }, (_, index) => index),
    random
  )
}
