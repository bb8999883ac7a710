import { stack } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { compileNamed } from '../engines/named-program.js'
import type { Engine } from '../engines/types.js'
import { chanceOf, chanceShape } from '../tensors/chance.js'

const primes = [1021, 1019, 1013] as const
type State = readonly [number, number, number]

/** What {@link chanceOf} computes, in whole numbers. */
function mixed([x, y, z]: State): State {
  const x2 = (x + y * z + y * 389) % primes[0]
  const y2 = (y + z * x2 + z * 571) % primes[1]
  return [x2, y2, (z + x2 * y2 + x2 * 683) % primes[2]]
}

function absorbed([x, y, z]: State, index: number): State {
  const start: State = [
    (x + (index % primes[0])) % primes[0],
    (y + Math.floor(index / primes[0])) % primes[1],
    z
  ]
  return mixed(mixed(start))
}

function expectedMask(
  seed: State,
  path: readonly number[],
  [rows, columns]: readonly [number, number],
  rate: number
) {
  const start = path.reduce(absorbed, seed)
  return Float32Array.from({ length: rows * columns }, (_, k) => {
    const [x, y] = mixed(absorbed(absorbed(start, Math.floor(k / columns)), k % columns))
    const isKept = x * primes[1] + y >= Math.round(rate * primes[0] * primes[1])
    return isKept ? 1 / (1 - rate) : 0
  })
}

/** What is left out by chance is the same on every engine. */
export function chanceContract(engine: () => Engine): void {
  describe('chance', () => {
    test('masks are those of their seed, name, place and indices, computed in whole numbers', async () => {
      const shape = [6, 1100] as const // beyond the first prime
      const rates = { a: 0.3, b: 0.5 }
      const program = await compileNamed(engine(), {
        inputs: { seed: { shape: chanceShape, dtype: 'float32' } },
        outputs: ['masks'],
        compute({ seed }) {
          const chance = chanceOf(seed!, rates)
          return {
            masks: stack([chance.mask('a', shape)!, chance.mask('b', shape)!, chance.mask('b', shape, 3)!])
          }
        }
      })
      for (const seed of [
        [0, 0, 0],
        [1020, 1018, 1012],
        [5, 600, 77]
      ] as const) {
        const { masks } = await program.run({ seed: Float32Array.from(seed) })
        const found = await masks!.read()
        masks!.dispose()
        const expected = [
          expectedMask(seed, [0, 0], shape, 0.3),
          expectedMask(seed, [1, 0], shape, 0.5),
          expectedMask(seed, [1, 3], shape, 0.5)
        ]
        for (const [k, mask] of expected.entries()) {
          const size = mask.length
          expect(Array.from(found.subarray(k * size, (k + 1) * size), Math.fround)).toEqual(Array.from(mask))
        }
      }
      program.dispose()
    })
  })
}
