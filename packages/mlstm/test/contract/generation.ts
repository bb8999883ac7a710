import { createRandom, InvalidOptionError, type Progress } from '@vgm/base'
import { type Constraint, type Engine, type SamplingOptions, sample } from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import type { Steering } from '../../src/index.js'
import { generate, generateWithStates, stream } from '../library.js'
import { goldenModel } from '../models.js'
import {
  type ReferenceChanges,
  type ReferenceState,
  referenceLogits,
  referenceStep,
  zeroState
} from '../reference.js'

const endOfPiece = 10
const seed = 5

/** Words by turns even and odd; a piece ends after an even number of words. */
const turns: Constraint<number> = {
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
  readonly grammar?: Constraint<number>
  readonly steering?: Steering
}

/** What a steering does to row `row`. */
function changesOf(steering: Steering | undefined, row: number): ReferenceChanges {
  if (steering === undefined) return {}
  const { neurons, offsets, mode } = steering
  const first = offsets.length === neurons.length ? 0 : row * neurons.length
  return {
    steer(c, unit) {
      const k = neurons.indexOf(unit)
      return k < 0 ? c : (mode === 'add' ? c : 0) + offsets[first + k]!
    }
  }
}

/** The piece that row `row` of a call with this seed should be, by the reference in double precision. */
function composed(plan: Plan, row = 0): number[] {
  const random = createRandom(seed).fork('pieces').fork(row)
  const { prime = [], grammar, words, maxWords = 4000 } = plan
  const changes = changesOf(plan.steering, row)
  let state: ReferenceState = referenceStep(goldenModel, endOfPiece, zeroState(goldenModel), changes)
  for (const id of prime) state = referenceStep(goldenModel, id, state, changes)
  const piece: number[] = []
  while (piece.length < (words ?? maxWords)) {
    const mask = new Uint8Array(goldenModel.config.vocabularySize).fill(1)
    grammar?.allowed(prime.length + piece.length, mask)
    if (words !== undefined) mask[endOfPiece] = 0
    const logits = referenceLogits(goldenModel, state)
    const first = sample(logits, plan, Math.floor(random.next() * 2 ** 23) / 2 ** 23)
    const second = random.next()
    const id = mask[first] ? first : sample(logits, plan, second, mask)
    piece.push(id)
    if (id === endOfPiece) break
    state = referenceStep(goldenModel, id, state, changes)
  }
  return piece
}

/** Generation, against a loop of the reference step and `sample`. */
export function generationContract(engine: () => Engine): void {
  describe('generate', () => {
    const compose = async (plan: Plan & { count?: number; first?: number }) => {
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

    // A compiling engine composes up to four pieces in blocks of 16 words, and more of them word by word.
    test.each<[string, Plan]>([
      ['to the end of the piece', {}],
      ['with topK and topP', { topK: 6, topP: 0.9, words: 20 }],
      ['within a grammar, after a prime', { prime: [2, 7, 8], grammar: turns, maxWords: 40 }]
    ])('composes piece i alone, or any range of the series: %s', async (_, plan) => {
      const series = await compose({ ...plan, count: 7 })
      for (const [first, piece] of series.entries())
        expect(await compose({ ...plan, first })).toEqual([piece])
      expect(await compose({ ...plan, first: 2, count: 4 })).toEqual(series.slice(2, 6))
      expect(await compose({ ...plan, first: 1, count: 6 })).toEqual(series.slice(1))
    })

    for (const mode of ['add', 'set'] as const) {
      test(`steers by ${mode}: all pieces alike, or each its own way, the prime included`, async () => {
        const neurons = Int32Array.of(5, 0)
        const alike = { neurons, offsets: Float32Array.of(1.5, -0.75), mode }
        const own = { neurons, offsets: Float32Array.of(2, -2, -1, 0.5, 0, 0), mode }
        const without = await compose({ words: 30, count: 3 })
        for (const steering of [alike, own]) {
          const plan = { words: 30, prime: [2, 7], steering }
          const pieces = await compose({ ...plan, count: 3 })
          expect(pieces).toEqual([0, 1, 2].map(row => composed(plan, row)))
          expect(pieces).not.toEqual(without)
        }
      })
    }

    test('composes hundreds of pieces in groups, and each is the one it would be by itself', async () => {
      const count = 1030
      const offsets = Float32Array.from({ length: count }, (_, row) => Math.sin(row))
      const steering = { neurons: Int32Array.of(2), offsets, mode: 'add' } as const
      const plan = { maxWords: 3, prime: [4], steering }
      const pieces = await compose({ ...plan, count })
      expect(pieces).toHaveLength(count)
      for (const row of [0, 343, 344, 687, 1029]) expect(pieces[row]).toEqual(composed(plan, row))
    })

    test('an offset of 0 that is added changes nothing, and neither does a steering of no units', async () => {
      const plan = { words: 20, count: 2 }
      const zero = { neurons: Int32Array.of(1), offsets: Float32Array.of(0), mode: 'add' } as const
      const none = { neurons: new Int32Array(), offsets: new Float32Array(), mode: 'set' } as const
      const without = await compose(plan)
      expect(await compose({ ...plan, steering: zero })).toEqual(without)
      expect(await compose({ ...plan, steering: none })).toEqual(without)
    })

    test('an end-of-piece id at the end of the prime is left out; one within is refused', async () => {
      const prime = [3, 1]
      const plan = { words: 6, prime: [...prime, endOfPiece] }
      expect(await compose(plan)).toEqual([composed({ words: 6, prime })])
      await expect(compose({ prime: [3, endOfPiece, 1] })).rejects.toThrow(InvalidOptionError)
    })

    test('reports the words composed so far over all pieces, all of them in the end', async () => {
      const options = { seed, endOfPiece, engine: engine(), count: 3, words: 40 }
      const reports: number[] = []
      const pieces = await generate(goldenModel, { ...options, onProgress: ({ done }) => reports.push(done) })
      expect(reports).toEqual([...new Set(reports)].sort((a, b) => a - b))
      expect(reports.length).toBeGreaterThan(1)
      expect(reports.at(-1)).toBe(pieces.reduce((total, piece) => total + piece.length, 0))
    })

    test('stops with the reason of its signal', async () => {
      const controller = new AbortController()
      const onProgress = ({ done }: Progress) => {
        if (done >= 3) controller.abort(new Error('enough'))
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

  describe('generateWithStates', () => {
    const neurons = Int32Array.of(5, 0)
    const offsets = Float32Array.from({ length: 2 * 600 }, (_, k) => Math.sin(k))
    const steering = { neurons, offsets, mode: 'add' } as const

    test.each([
      ['one piece', { count: 1, words: 21 }],
      ['pieces within a grammar, after a prime', { count: 3, words: 21, prime: [2, 7], grammar: turns }],
      ['hundreds of pieces, each steered its own way', { count: 600, words: 3, steering }]
    ])('gives the pieces, and where each leaves the model (rtol 1e-4, atol 1e-5): %s', async (_, plan) => {
      const options = { ...plan, seed, endOfPiece, engine: engine() }
      const { pieces, states } = await generateWithStates(goldenModel, options)
      expect(pieces).toEqual(await generate(goldenModel, options))
      const { units } = goldenModel.config
      expect(states).toHaveLength(plan.count * units)
      for (const row of new Set([0, plan.count >> 1, plan.count - 1])) {
        const changes = changesOf('steering' in plan ? plan.steering : undefined, row)
        let state = zeroState(goldenModel)
        for (const id of [endOfPiece, ...('prime' in plan ? plan.prime : []), ...pieces[row]!]) {
          state = referenceStep(goldenModel, id, state, changes)
        }
        const found = states.subarray(row * units, (row + 1) * units)
        expectClose(found, state.c, { rtol: 1e-4, atol: 1e-5 }, `row ${row}`)
      }
    })
  })

  describe('stream', () => {
    test('yields the ids of the piece that generate gives', async () => {
      const ids: number[] = []
      for await (const id of stream(goldenModel, { seed, endOfPiece, engine: engine() })) ids.push(id)
      expect(ids).toEqual(composed({}))
      expect(ids.at(-1)).toBe(endOfPiece)
      const third: number[] = []
      for await (const id of stream(goldenModel, { seed, first: 2, endOfPiece, engine: engine() }))
        third.push(id)
      expect(third).toEqual(composed({}, 2))
    })
  })
}
