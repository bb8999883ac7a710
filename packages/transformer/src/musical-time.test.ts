import '@tensorflow/tfjs-backend-cpu'
import { setBackend, type Tensor, type Tensor2D, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core'
import { expectClose } from '@vgm/nn/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { turned, turnOf, wavelengths } from './musical-time.js'

beforeAll(() => setBackend('cpu'))

const config = { vocabularySize: 3, width: 32, heads: 4, layers: 1, context: 8, controls: [] }
const pairs = config.width / config.heads / 2

const valuesOf = (compute: () => Tensor): Float32Array => tidy(() => compute().dataSync() as Float32Array)

/** A row of different numbers, `[1, D / 2]`. */
const row = (phase: number) =>
  tensor2d(
    Array.from({ length: config.width / 2 }, (_, k) => Math.sin(1 + phase + k)),
    [1, config.width / 2]
  )

/** What each head makes of a query and a key, `[A]`. */
function products(query: readonly [number, number], key: readonly [number, number]): number[] {
  return tidy(() => {
    const turnedAt = ([place, time]: readonly [number, number], phase: number) => {
      const turn = turnOf(tensor1d([place]), tensor1d([time]), config)
      return turned(row(phase) as Tensor2D, row(phase + 0.5) as Tensor2D, turn).map(part => part.dataSync())
    }
    const [q1, q2] = turnedAt(query, 0)
    const [k1, k2] = turnedAt(key, 2)
    return Array.from({ length: config.heads }, (_, head) => {
      let sum = 0
      for (let k = head * pairs; k < (head + 1) * pairs; k++) sum += q1![k]! * k1![k]! + q2![k]! * k2![k]!
      return sum
    })
  })
}

describe('the product of a query and a key', () => {
  const alike = { rtol: 0, atol: 2e-4 }

  test('depends on how far apart they are, not on where (atol 2e-4)', () => {
    const expected = products([30, 400], [21, 377])
    for (const [place, time] of [
      [0, 0],
      [970, 6144],
      [500, 9_999]
    ] as const) {
      const moved = products([30 + place, 400 + time], [21 + place, 377 + time])
      expectClose(moved, expected, alike, `moved by ${place} words and ${time} steps`)
    }
  })

  test('depends on the distance in words in the first half of the heads, in time steps in the other', () => {
    const [a, b, c, d] = products([30, 400], [21, 377])
    const inWords = products([31, 400], [21, 377])
    expect(inWords.slice(2)).toEqual([c, d])
    for (const [head, value] of [a, b].entries())
      expect(Math.abs(inWords[head]! - value!)).toBeGreaterThan(0.01)
    const inTime = products([30, 401], [21, 377])
    expect(inTime.slice(0, 2)).toEqual([a, b])
    for (const [head, value] of [c, d].entries())
      expect(Math.abs(inTime[head + 2]! - value!)).toBeGreaterThan(0.01)
  })
})

describe('wavelengths', () => {
  test('are those of beats, bars and phrases, spread over all that there are', () => {
    expect(wavelengths(1)).toEqual([2])
    expect(wavelengths(2)).toEqual([2, 6144])
    expect(wavelengths(4)).toEqual([2, 32, 384, 6144]) // the 1st, 9th, 16th and 24th
    expect(wavelengths(24)).toEqual([
      ...[2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96],
      ...[128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144]
    ])
  })

  test('beyond the longest there are none: the pairs that are left do not turn', () => {
    expect(wavelengths(26)).toEqual([...wavelengths(24), 0, 0])
    const wide = { ...config, width: 2 * 2 * 26, heads: 2 }
    const cosine = valuesOf(() => turnOf(tensor1d([7]), tensor1d([1001]), wide).cosine)
    expect(Array.from(cosine.slice(26 + 24))).toEqual([1, 1])
  })

  test('come round exactly, also late in a long piece', () => {
    const late = 600_000
    for (const [k, wave] of wavelengths(pairs).entries()) {
      const at = (time: number) => {
        const turn = (part: 'cosine' | 'sine') => () => turnOf(tensor1d([0]), tensor1d([time]), config)[part]
        const column = ((2 * config.heads) / 4) * pairs + k
        return [valuesOf(turn('cosine'))[column]!, valuesOf(turn('sine'))[column]!]
      }
      const whole = wave * Math.floor(late / wave)
      expect(at(whole)).toEqual([1, 0])
      expect(at(whole + 1)).toEqual(at(1))
    }
  })
})
