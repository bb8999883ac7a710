import { createRandom, InvalidOptionError } from '@vgm/base'
import { describe, expect, test } from 'vitest'
import { NotFiniteError } from '../errors.js'
import { requireSampling, type SamplingOptions, sample } from './sampling.js'

const all = (length: number) => new Uint8Array(length).fill(1)
/** Logits of words with these probabilities. */
const logitsOf = (...probabilities: number[]) => probabilities.map(p => Math.log(p) + 3)
const halves = logitsOf(0.15, 0.5, 0.05, 0.3)

/** How often each word came in so many draws. */
function counts(
  logits: readonly number[],
  options: SamplingOptions,
  { draws = 20_000, allowed = all(logits.length) } = {}
): number[] {
  const random = createRandom(11)
  const found = new Array<number>(logits.length).fill(0)
  for (let k = 0; k < draws; k++) found[sample(logits, options, random.next(), allowed)]!++
  return found
}

/** Pearson's statistic against the expected probabilities; words of probability 0 must not come. */
function chiSquare(found: readonly number[], probabilities: readonly number[]): number {
  const draws = found.reduce((total, count) => total + count, 0)
  return found.reduce((total, count, k) => {
    const expected = draws * probabilities[k]!
    if (expected === 0) return count === 0 ? total : Number.POSITIVE_INFINITY
    return total + (count - expected) ** 2 / expected
  }, 0)
}

/** χ² of 3 degrees of freedom stays below this in all but one of 10,000 cases. */
const unlikely = 21.1

describe('sample', () => {
  test('draws words as often as the softmax says (χ², p < 1e-4)', () => {
    expect(chiSquare(counts(halves, {}), [0.15, 0.5, 0.05, 0.3])).toBeLessThan(unlikely)
  })

  test('sharpens or flattens by the temperature', () => {
    for (const temperature of [0.5, 2]) {
      const powers = [0.15, 0.5, 0.05, 0.3].map(p => p ** (1 / temperature))
      const total = powers.reduce((sum, p) => sum + p, 0)
      const expected = powers.map(p => p / total)
      expect(chiSquare(counts(halves, { temperature }), expected)).toBeLessThan(unlikely)
    }
  })

  test('takes the likeliest allowed word at temperature 0, and the likeliest nearly always just above', () => {
    expect(counts(halves, { temperature: 0 }, { draws: 50 })).toEqual([0, 50, 0, 0])
    const allowed = Uint8Array.of(1, 0, 1, 1)
    expect(counts(halves, { temperature: 0 }, { draws: 50, allowed })).toEqual([0, 0, 0, 50])
    expect(counts(halves, { temperature: 1e-9 }, { draws: 50 })).toEqual([0, 50, 0, 0])
    expect(counts(halves, { temperature: Number.MIN_VALUE }, { draws: 50 })).toEqual([0, 50, 0, 0])
  })

  test('ties go to the lower id', () => {
    expect(counts([1, 2, 2, 2], { temperature: 0 }, { draws: 20 })).toEqual([0, 20, 0, 0])
    expect(counts([1, 2, 2, 2], { topK: 1 }, { draws: 20 })).toEqual([0, 20, 0, 0])
    expect(counts([1, 2, 2, 2], { topP: 0.001 }, { draws: 20 })).toEqual([0, 20, 0, 0])
  })

  test('topK keeps the k likeliest in their proportion; more than there are changes nothing', () => {
    expect(chiSquare(counts(halves, { topK: 2 }), [0, 5 / 8, 0, 3 / 8])).toBeLessThan(unlikely)
    expect(chiSquare(counts(halves, { topK: 4 }), [0.15, 0.5, 0.05, 0.3])).toBeLessThan(unlikely)
    expect(counts(halves, { topK: 400 })).toEqual(counts(halves, { topK: 4 }))
  })

  test('topP keeps the fewest words that reach it, among those topK keeps', () => {
    expect(counts(halves, { topP: 0.49 })).toEqual([0, 20_000, 0, 0])
    expect(chiSquare(counts(halves, { topP: 0.51 }), [0, 5 / 8, 0, 3 / 8])).toBeLessThan(unlikely)
    expect(chiSquare(counts(halves, { topP: 0.79 }), [0, 5 / 8, 0, 3 / 8])).toBeLessThan(unlikely)
    expect(chiSquare(counts(halves, { topP: 0.81 }), [3 / 19, 10 / 19, 0, 6 / 19])).toBeLessThan(unlikely)
    expect(counts(halves, { topP: 1 })).toEqual(counts(halves, { topK: 4 }))
    // Of the two that topK leaves, the first has 5/8: with 0.62 it is alone, with 0.63 it is not.
    expect(counts(halves, { topK: 2, topP: 0.62 })).toEqual([0, 20_000, 0, 0])
    expect(counts(halves, { topK: 2, topP: 0.63 })[3]).toBeGreaterThan(0)
  })

  test('never draws a masked word, and shares its probability among the others', () => {
    const allowed = Uint8Array.of(1, 0, 1, 1)
    expect(chiSquare(counts(halves, {}, { allowed }), [0.3, 0, 0.1, 0.6])).toBeLessThan(unlikely)
    expect(counts(halves, { topK: 1 }, { allowed, draws: 9 })).toEqual([0, 0, 0, 9])
    expect(() => sample(halves, {}, 0, new Uint8Array(4))).toThrow(InvalidOptionError)
  })

  test('never draws a word of logit −∞, whatever the generator gives', () => {
    for (const draw of [0, 0.3, 1 - 2 ** -53]) {
      expect(sample([Number.NEGATIVE_INFINITY, 1, 1], { topP: 1 }, draw)).toBe(draw < 0.5 ? 1 : 2)
      expect(sample([1, 1, Number.NEGATIVE_INFINITY], {}, draw)).toBe(draw < 0.5 ? 0 : 1)
    }
  })

  test('a prediction that is no number is refused, not sampled', () => {
    const broken = [0, Number.NaN, 1]
    expect(() => sample(broken, {}, 0.5)).toThrow(NotFiniteError)
    expect(() => sample(broken, { temperature: 0 }, 0.5)).toThrow('training has diverged')
  })

  test('large logits do not overflow', () => {
    expect(counts([1e30, 0, -1e30], {}, { draws: 10 })).toEqual([10, 0, 0])
    expect(chiSquare(counts([1000, 1000, -1000], {}), [0.5, 0.5, 0])).toBeLessThan(unlikely)
  })
})

test('requireSampling names the option that is out of range', () => {
  const bad: [SamplingOptions, string][] = [
    [{ temperature: -0.1 }, 'temperature'],
    [{ temperature: Number.NaN }, 'temperature'],
    [{ temperature: Number.POSITIVE_INFINITY }, 'temperature'],
    [{ topK: 0 }, 'topK'],
    [{ topK: 1.5 }, 'topK'],
    [{ topP: 0 }, 'topP'],
    [{ topP: 1.01 }, 'topP'],
    [{ topP: Number.NaN }, 'topP']
  ]
  for (const [options, option] of bad) {
    expect(() => requireSampling('generate', options)).toThrow(InvalidOptionError)
    expect(() => requireSampling('generate', options)).toThrow(`${option} expected`)
  }
  requireSampling('generate', {})
  requireSampling('generate', { temperature: 0, topK: 1, topP: 1 })
})
