import { createRandom } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar } from '../../../test/plans.js'
import { decode, vocabulary } from '../../index.js'
import { describe, type Plan, type PlanGrammarOptions, planGrammar } from '../index.js'

const end = 224

/** A piece drawn evenly from what the grammar allows. */
function compose(plan: Plan, seed: number, options: Partial<PlanGrammarOptions> = {}): Uint16Array {
  const random = createRandom(seed)
  const grammar = planGrammar(plan, { random, ...options })
  const mask = new Uint8Array(vocabulary.size)
  const ids: number[] = []
  let state = grammar.initial()
  while (ids.at(-1) !== end) {
    grammar.allowed(state, mask)
    const allowed = [...mask.keys()].filter(id => mask[id] === 1)
    expect(allowed.length, `after word ${ids.length}`).toBeGreaterThan(0)
    const id = allowed[Math.floor(random.next() * allowed.length)]!
    ids.push(id)
    state = grammar.next(state, id)
  }
  return Uint16Array.from(ids)
}

const half = { numerator: 2, denominator: 4 }
const plan: Plan = {
  bars: [
    bar({ ...half, notes: 3, returns: null }),
    bar({ ...half, notes: 6, returns: null }),
    bar({ ...half, notes: 3, returns: { bars: 2, how: 'exact' } }),
    bar({ ...half, notes: 6, returns: { bars: 2, how: 'varied' } })
  ]
}
const seeds = fc.integer({ min: 0, max: 2 ** 31 })
const notesOf = (ids: Uint16Array, index: number) => {
  const first = index * 8
  return decode(ids)
    .notes.map(({ pitch, velocity, durationTicks, startTick }) => ({
      pitch,
      velocity,
      durationTicks,
      step: startTick / 240 - first
    }))
    .filter(({ step }) => step >= 0 && step < 8)
}

test('a piece is as long as its plan, and no bar has more notes than its density', () => {
  fc.assert(
    fc.property(seeds, seed => {
      const ids = compose(plan, seed)
      expect(ids.filter(id => id === 223)).toHaveLength(32)
      expect(notesOf(ids, 0).length).toBeLessThanOrEqual(3)
      expect(notesOf(ids, 1).length).toBeLessThanOrEqual(6)
    })
  )
})

test('an exact return says the bar again, a varied one keeps one half of it', () => {
  fc.assert(
    fc.property(seeds, seed => {
      const ids = compose(plan, seed)
      expect(notesOf(ids, 2)).toEqual(notesOf(ids, 0))
      const halves = (index: number) =>
        [true, false].map(isFirst => notesOf(ids, index).filter(({ step }) => step < 4 === isFirst))
      const [source, varied] = [halves(1), halves(3)]
      const kept = [0, 1].filter(at => JSON.stringify(source[at]) === JSON.stringify(varied[at]))
      expect(kept).not.toEqual([])
    })
  )
})

test('a piece begins with the tempo that is given, and keeps it', () => {
  const tempo = vocabulary.idOf('t_96')
  const ids = compose(plan, 7, { tempo })
  expect([...ids].filter(id => id >= 188 && id < 223)).toEqual([tempo])
  expect(ids[0]).toBe(tempo)
})

test('an ending is a chord of the tonic at the beginning of the last bar, held for more than half of it', () => {
  fc.assert(
    fc.property(
      seeds,
      fc.nat(11),
      fc.constantFrom('major' as const, 'minor' as const),
      (seed, tonic, mode) => {
        const ids = compose(plan, seed, { key: { tonic, mode } })
        const last = notesOf(ids, 3)
        expect(last.length).toBeGreaterThanOrEqual(3)
        expect(last.length).toBeLessThanOrEqual(5)
        expect(last[0]!.pitch % 12).toBe(tonic)
        const triad = [0, mode === 'major' ? 4 : 3, 7].map(tone => (tonic + tone) % 12)
        for (const { step, pitch, durationTicks } of last) {
          expect(step).toBe(0)
          expect(triad).toContain(pitch % 12)
          expect(durationTicks).toBeGreaterThan(4 * 240)
        }
      }
    )
  )
})

test('in a key beats have tones of their chord, and all else is of the scale', () => {
  const chords: [string, string] = ['C', 'Em']
  const inC = { bars: plan.bars.map(each => ({ ...each, chords })) }
  fc.assert(
    fc.property(seeds, seed => {
      const ids = compose(inC, seed, { key: { tonic: 0, mode: 'major' } })
      for (const { step, pitch } of [...notesOf(ids, 0), ...notesOf(ids, 1)]) {
        expect(pitch).toBeGreaterThanOrEqual(21)
        expect(pitch).toBeLessThanOrEqual(108)
        const fitting = step === 0 ? [0, 4, 7] : step === 4 ? [4, 7, 11] : [0, 2, 4, 5, 7, 9, 11]
        expect(fitting, `pitch ${pitch} in step ${step}`).toContain(pitch % 12)
      }
    })
  )
})

test('the plan of what is composed has the bars of the plan', () => {
  const { bars } = describe({
    ...decode(compose(plan, 3)),
    timeSignatures: [{ tick: 0, numerator: 2, denominator: 4 }]
  })
  expect(bars.length).toBeLessThanOrEqual(4)
  expect(new Set(bars.map(({ steps }) => steps))).toEqual(new Set([8]))
})
