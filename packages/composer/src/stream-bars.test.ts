import { fromText, type Score } from '@vgm/encoding'
import { watchedEngine } from '@vgm/nn/contract'
import { nodeEngine } from '@vgm/nn/node'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { modelWith, scale } from '../test/toy.js'
import { openComposer } from './open-composer.js'
import type { StreamOptions } from './options.js'

vi.setConfig({ testTimeout: 60_000 })

const barTicks = 4 * 960

/** The bars laid end to end. A tempo that is in force already is no change. */
function joined(bars: readonly Score[]): Score {
  const [notes, tempos]: [Score['notes'][number][], Score['tempos'][number][]] = [[], []]
  for (const [bar, score] of bars.entries()) {
    const start = bar * barTicks
    for (const note of score.notes) notes.push({ ...note, startTick: start + note.startTick })
    for (const { tick, tempoBpm } of score.tempos) {
      if (tempos.at(-1)?.tempoBpm !== tempoBpm) tempos.push({ tick: start + tick, tempoBpm })
    }
  }
  return { ...bars[0]!, notes, tempos }
}

const models = [
  modelWith({ '.': 2 }),
  modelWith({ '.': 5, '\n': 2 }, 2),
  modelWith({ '.': 4, d_breve_0: 4, n_60: 4, n_61: 3, t_80: 2 }, 3)
]
/** Ends in silence, in which the tempo changes. */
const cutPrime = fromText('t_100 v_60 d_half_0 n_60 . . v_64 d_16th_0 n_62 . . . . . . . . . t_80 . . t_84')

const given: fc.Arbitrary<StreamOptions> = fc
  .record({
    seed: fc.nat(1000),
    first: fc.nat(3),
    end: fc.oneof(
      fc.constant({}),
      fc.record({ words: fc.integer({ min: 10, max: 200 }) }),
      fc.record({ bars: fc.integer({ min: 1, max: 6 }) })
    ),
    prime: fc.constantFrom(undefined, scale(), cutPrime),
    withoutPrime: fc.boolean(),
    isSteered: fc.boolean(),
    transpose: fc.constantFrom(undefined, 'any' as const, -24, 5)
  })
  .map(({ seed, first, end, prime, withoutPrime, isSteered, transpose }) => ({
    ...{ seed, first, withoutPrime, maxWords: 200 },
    ...end,
    ...(prime && { prime }),
    ...(transpose !== undefined && { transpose }),
    ...(isSteered && {
      steering: { neurons: Int32Array.of(2), offsets: Float32Array.of(0.5), mode: 'add' as const }
    })
  }))

test('the bars of a stream, laid end to end, are the piece that is composed', async () => {
  const engine = await nodeEngine('cpu')
  const composers = await Promise.all(models.map(model => openComposer({ model, engine })))
  await fc.assert(
    fc.asyncProperty(given, fc.constantFrom(...composers), async (options, composer) => {
      const bars: Score[] = []
      let problem: unknown
      try {
        for await (const bar of composer.stream(options)) bars.push(bar)
      } catch (error) {
        problem = error
      }
      const [piece] = await composer.composeAll(options)
      if (piece instanceof Error) {
        expect(problem).toMatchObject({ ...piece, caller: 'stream', message: expect.any(String) })
        return
      }
      expect(problem).toBeUndefined()
      expect(joined(bars)).toEqual(piece!.score)
      for (const { notes } of bars) {
        expect(notes.every(({ startTick }) => startTick >= 0 && startTick < barTicks)).toBe(true)
      }
    }),
    { seed: 1, numRuns: 25 }
  )
})

test('a bar comes when it is complete, not when the piece is', async () => {
  const composer = await openComposer({
    model: modelWith({ '.': 2, '\n': -99 }),
    engine: await nodeEngine('cpu')
  })
  const bars: Score[] = []
  for await (const bar of composer.stream({ seed: 1, maxWords: 1e6 })) {
    bars.push(bar)
    if (bars.length === 3) break
  }
  expect(bars.every(({ notes }) => notes.length > 0)).toBe(true)
})

test('the bars of a prime come before the model is asked', async () => {
  const composer = await openComposer({
    model: modelWith({}),
    // Nothing is compiled for composing, which is what has constants.
    engine: watchedEngine(await nodeEngine('cpu'), {
      compile: constants => (constants === undefined ? constants : expect.unreachable())
    })
  })
  const [first] = [await composer.stream({ seed: 1, prime: scale() }).next()]
  expect(first!.value.notes.length).toBeGreaterThan(8)
})

test('a signal stops it with its reason', async () => {
  const composer = await openComposer({ model: modelWith({ '\n': -99 }), engine: await nodeEngine('cpu') })
  const controller = new AbortController()
  const all = async () => {
    for await (const _ of composer.stream({ seed: 1, maxWords: 1e6, signal: controller.signal })) {
      controller.abort(new Error('enough'))
    }
  }
  await expect(all()).rejects.toThrow('enough')
})
