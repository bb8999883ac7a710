import { parseMidi, type Score, words } from '@vgm/encoding'
import { describe as describePlan, transposePlan } from '@vgm/encoding/description'
import type { Engine } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { expect, test, vi } from 'vitest'
import { notesOfBar, songBank, songBars, unlearned } from '../../test/planned-toy.js'
import { modelWith } from '../../test/toy.js'
import { openPlannedComposer, type PlannedOptions } from './open-planned-composer.js'

vi.setConfig({ testTimeout: 60_000 })

const composeAll = async (
  options: Partial<PlannedOptions> & { readonly count?: number } = {},
  engine: Promise<Engine> = onnxEngine()
) => {
  await using composer = await openPlannedComposer({
    model: unlearned,
    plans: songBank,
    engine: await engine
  })
  return composer.composeAll({ seed: 1, bars: 8, bestOf: 1, transpose: 0, ...options })
}
const compose = async (...given: Parameters<typeof composeAll>) => (await composeAll(...given))[0]!

test('a piece has the bars of its plan; those that come back are the same, varied ones by half', async () => {
  const { midi, bars } = await compose()
  expect(bars).toBe(8)
  const notes = Array.from({ length: 8 }, (_, bar) => notesOfBar(midi, bar))
  expect(notes[0]!.length).toBeGreaterThan(0)
  expect(notes[2]).toEqual(notes[0])
  expect(notes[5]).toEqual(notes[0])
  expect(notes[1]).not.toEqual(notes[0])
  const half = (bar: readonly string[], first: boolean) =>
    bar.filter(note => Number.parseInt(note, 10) < 8 === first)
  const isKept = [true, false].map(first => half(notes[3]!, first).join() === half(notes[1]!, first).join())
  expect(isKept).toContain(true)
  expect(notes[3]).not.toEqual(notes[1])
})

test('no bar has more notes than its density allows', async () => {
  for (const { midi } of await composeAll({ count: 4 })) {
    for (const [bar, { notes }] of songBars.slice(0, 7).entries()) {
      expect(notesOfBar(midi, bar).length).toBeLessThanOrEqual(notes!)
    }
  }
})

test('it ends on a held chord over its tonic', async () => {
  for (const { score } of await composeAll({ count: 6, transpose: 0 })) {
    const start = 7 * 4 * score.ticksPerQuarter
    const ending = score.notes.filter(({ startTick }) => startTick >= start)
    expect(ending.length).toBeGreaterThanOrEqual(3)
    expect(ending.every(({ startTick }) => startTick === start)).toBe(true)
    expect(ending[0]!.pitch % 12).toBe(0)
    for (const { pitch, durationTicks } of ending) {
      expect([0, 4, 7]).toContain(pitch % 12)
      expect(durationTicks).toBeGreaterThan(2 * score.ticksPerQuarter)
    }
  }
})

test('the same seed gives the same piece, alone, among others, and on another engine', async () => {
  const all = await composeAll({ count: 3, bestOf: 2 })
  expect(new Set(all.map(({ words }) => words.join())).size).toBe(3)
  expect(await composeAll({ first: 2, bestOf: 2 })).toEqual([all[2]])
  expect(await compose({ bestOf: 2 }, nodeEngine('cpu'))).toEqual(all[0])
  expect((await compose({ seed: 2 })).words).not.toEqual(all[0]!.words)
})

test('of several candidates the one is kept that follows its plan best', async () => {
  const worth = ({ followed }: Awaited<ReturnType<typeof compose>>) =>
    Object.values(followed).reduce((sum: number, share) => sum + share, 0)
  const candidates = await composeAll({ count: 8 })
  const best = await compose({ bestOf: 8 })
  expect(worth(best)).toBe(Math.max(...candidates.map(worth)))
  expect(new Set(candidates.map(worth)).size).toBeGreaterThan(1)
})

test('a tempo and a key that are asked for are kept', async () => {
  const { score, transposed } = await compose({ tempo: 121, transpose: 3 })
  expect(score.tempos).toEqual([{ tick: 0, tempoBpm: 120 }])
  expect(transposed).toBe(3)
  const moved = await composeAll({ count: 8, transpose: undefined as never })
  expect(new Set(moved.map(piece => piece.transposed)).size).toBeGreaterThan(2)
})

test('a plan of a person is followed in its own key', async () => {
  const plan = transposePlan({ bars: songBars }, 5)
  const piece = await compose({ plan, transpose: undefined as never })
  expect(piece.transposed).toBe(5)
  expect(piece.bars).toBe(8)
  const last = piece.score.notes.filter(({ startTick }) => startTick >= 28 * piece.score.ticksPerQuarter)
  expect(last[0]!.pitch % 12).toBe(5)
  expect(piece.plan.bars.map(({ chords }) => chords)).toEqual(plan.bars.map(({ chords }) => chords))
})

test('a metre other than 4/4 is in the file', async () => {
  const bars = songBars.slice(0, 4).map(bar => ({ ...bar, numerator: 3, steps: 12 }))
  const { midi, bars: count } = await compose({ plan: { bars } })
  expect(parseMidi(midi).timeSignatures).toEqual([{ tick: 0, numerator: 3, denominator: 4 }])
  expect(count).toBe(4)
})

test('a prime comes first, whole, and what follows has the bars that were asked for', async () => {
  const whole = (await compose({ seed: 9, transpose: 2 })).score
  // Pitches that no move folds back.
  const notes = whole.notes.filter(({ pitch }) => pitch > 12 && pitch < 108)
  const prime: Score = { ...whole, notes }
  const piece = await compose({ prime, transpose: undefined as never })
  expect(piece.bars).toBe(16)
  const end = 8 * 4 * prime.ticksPerQuarter
  const first = piece.score.notes.filter(({ startTick }) => startTick < end)
  expect(first.map(({ pitch, startTick }) => [pitch, startTick])).toEqual(
    prime.notes.map(({ pitch, startTick }) => [pitch, startTick])
  )
})

test('it measures how its plan was followed', async () => {
  const { followed, score, plan } = await compose({ bestOf: 4 })
  for (const share of Object.values(followed)) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(1)
  }
  expect(describePlan(score).bars.length).toBe(plan.bars.length)
})

test('refuses what it cannot do', async () => {
  const engine = await onnxEngine()
  await expect(openPlannedComposer({ model: modelWith({}), plans: songBank, engine })).rejects.toThrow(
    'openPlannedComposer: model expected one that was trained on plans, got "vgm-mlstm"'
  )
  await expect(compose({ bars: 3 })).rejects.toThrow('bars expected an integer from 4 to 64, got 3')
  await expect(compose({ bars: 16 })).rejects.toMatchObject({ code: 'NO_PLAN', bars: 16, plans: 1 })
  await expect(compose({ tempo: 300 })).rejects.toThrow('tempo expected a number from 24 to 160, got 300')
  await expect(compose({ plan: { bars: [] } })).rejects.toThrow('plan expected at least one bar')
  const stopped = AbortSignal.abort(new Error('enough'))
  await expect(compose({ signal: stopped })).rejects.toThrow('enough')
  expect(words.vocabulary.size).toBe(225)
})
