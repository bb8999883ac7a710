import { describe, expect, test } from 'vitest'
import { type Engine, type Grammar, generate, InvalidOptionError, stream } from '../../src/index.js'
import { createStreams } from '../../src/random.js'
import { type SamplingOptions, sample } from '../../src/sampling.js'
import { goldenModel } from '../models.js'
import { type ReferenceState, referenceLogits, referenceStep, zeroState } from '../reference.js'

const endOfPiece = 10
const seed = 5

/** Words by turns even and odd; a piece ends after an even number of words. */
const turns: Grammar<number> = {
  initial: () => 0,
  next: state => state + 1,
  allowed(state, mask) {
    for (let id = 0; id < mask.length; id++) mask[id] = id % 2 === state % 2 ? 1 : 0
  }
}

interface Plan extends SamplingOptions {
  readonly words?: number
  readonly maxWords?: number
  readonly prime?: readonly number[]
  readonly grammar?: Grammar<number>
}

/** The piece that row `row` of a call with this seed should be, by the reference in double precision. */
function composed(plan: Plan, row = 0): number[] {
  const random = createStreams(seed, row + 1)[row]!
  const { prime = [], grammar, words, maxWords = 4000 } = plan
  let state: ReferenceState = referenceStep(goldenModel, endOfPiece, zeroState(goldenModel))
  for (const id of prime) state = referenceStep(goldenModel, id, state)
  const piece: number[] = []
  while (piece.length < (words ?? maxWords)) {
    const mask = new Uint8Array(goldenModel.config.vocabularySize).fill(1)
    grammar?.allowed(prime.length + piece.length, mask)
    if (words !== undefined) mask[endOfPiece] = 0
    const id = sample(referenceLogits(goldenModel, state), mask, plan, random)
    piece.push(id)
    if (id === endOfPiece) break
    state = referenceStep(goldenModel, id, state)
  }
  return piece
}

/** Generation, against a loop of the reference step and `sample`. */
export function generationContract(engine: () => Engine): void {
  describe('generate', () => {
    const compose = async (plan: Plan & { count?: number }) => {
      const pieces = await generate(goldenModel, { ...plan, seed, endOfPiece, engine: engine() })
      return pieces.map(piece => [...piece])
    }

    const plans: Record<string, Plan> = {
      'to the end of the piece': {},
      'so many words': { words: 40 },
      greedily: { temperature: 0, words: 12 },
      'coolly from the likeliest': { temperature: 0.7, topK: 6, topP: 0.9, words: 40 },
      'wildly up to a limit': { temperature: 2, maxWords: 9 },
      'after a prime': { prime: [3, 1, 4], words: 20 },
      'within a grammar, after a prime': { prime: [2, 7, 8], grammar: turns, maxWords: 40 }
    }
    for (const [name, plan] of Object.entries(plans)) {
      test(`composes ${name} as the reference does, word by word`, async () => {
        expect(await compose(plan)).toEqual([composed(plan)])
      })
    }

    test('composes the same piece i however many there are, and each as the reference does', async () => {
      const plan = { maxWords: 25 }
      const pieces = await compose({ ...plan, count: 7 })
      expect(pieces).toEqual(Array.from({ length: 7 }, (_, row) => composed(plan, row)))
      expect(await compose({ ...plan, count: 3 })).toEqual(pieces.slice(0, 3))
      expect(new Set(pieces.map(piece => piece.length)).size).toBeGreaterThan(1)
    })

    test('an end-of-piece id at the end of the prime is left out; one within is refused', async () => {
      const prime = [3, 1]
      const plan = { words: 6, prime: [...prime, endOfPiece] }
      expect(await compose(plan)).toEqual([composed({ words: 6, prime })])
      await expect(compose({ prime: [3, endOfPiece, 1] })).rejects.toThrow(InvalidOptionError)
    })

    test('reports the words composed over all pieces after each time step', async () => {
      const options = { seed, endOfPiece, engine: engine(), count: 3, maxWords: 6 }
      const reports: number[] = []
      const pieces = await generate(goldenModel, { ...options, onProgress: words => reports.push(words) })
      const expected = Array.from({ length: Math.max(...pieces.map(piece => piece.length)) }, (_, t) =>
        pieces.reduce((total, piece) => total + Math.min(piece.length, t + 1), 0)
      )
      expect(reports).toEqual(expected)
    })

    test('stops with the reason of its signal', async () => {
      const controller = new AbortController()
      const onProgress = (words: number) => {
        if (words === 3) controller.abort(new Error('enough'))
      }
      const options = {
        seed,
        endOfPiece,
        engine: engine(),
        words: 100,
        signal: controller.signal,
        onProgress
      }
      await expect(generate(goldenModel, options)).rejects.toThrow('enough')
    })
  })

  describe('stream', () => {
    test('yields the ids of the piece that generate gives', async () => {
      const ids: number[] = []
      for await (const id of stream(goldenModel, { seed, endOfPiece, engine: engine() })) ids.push(id)
      expect(ids).toEqual(composed({}))
      expect(ids.at(-1)).toBe(endOfPiece)
    })
  })
}
