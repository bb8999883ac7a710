import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { skipN } from 'pure-rand/utils/skipN'

/** A seeded source of chance: `below(count)` is a uniform integer in `[0, count)`. */
export interface Random {
  below(count: number): number
}

/** Seeds that differ in few bits start out alike; this many draws later they do not. */
const warmUpDraws = 32

/** Generators (xoroshiro128+) of one seed, 2⁶⁴ draws apart: the first is the same however many follow. */
export function createStreams(seed: number, count: number): Random[] {
  const generator = xoroshiro128plus(seed | 0)
  skipN(generator, warmUpDraws)
  return Array.from({ length: count }, () => {
    const stream = generator.clone()
    generator.jump()
    return { below: (limit: number) => uniformInt(stream, 0, limit - 1) }
  })
}

/** Puts the values in random order, in place (Fisher-Yates). */
export function shuffle<T>(values: T[], random: Random): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = values[last] as T
    values[last] = values[other] as T
    values[other] = kept
  }
  return values
}
