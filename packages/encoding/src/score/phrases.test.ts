import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { phrasesOf } from './phrases.js'
import type { Note, Score } from './types.js'

/** A note on every eighth of so many quarters; of the channel that `channelOf` says. */
function eighths(quarters: number, fields: Partial<Score> = {}, channelOf = (_tick: number) => 0): Score {
  const notes = Array.from({ length: quarters * 2 }, (_, k): Note => {
    const startTick = k * 240
    const durationTicks = k === quarters * 2 - 1 ? 9999 : 240
    return { pitch: 60, velocity: 64, startTick, durationTicks, channel: channelOf(startTick), program: 0 }
  })
  return {
    ticksPerQuarter: 480,
    notes,
    tempos: [{ tick: 0, tempoBpm: 120 }],
    timeSignatures: [],
    keySignatures: [],
    ...fields
  }
}

test('cuts whole phrases of so many bars, one every hop', () => {
  const phrases = phrasesOf(eighths(24), { bars: 4, hop: 1 })
  expect(phrases.map(({ bar, startTick, endTick }) => [bar, startTick, endTick])).toEqual([
    [0, 0, 7680],
    [1, 1920, 9600],
    [2, 3840, 11520]
  ])
  for (const { score } of phrases) {
    expect(score.notes).toHaveLength(32)
    expect(score.notes[0]?.startTick).toBe(0)
    expect(score.notes.at(-1)).toMatchObject({ startTick: 7440, durationTicks: 240 })
  }
  expect(phrasesOf(eighths(24), { bars: 2, hop: 4 }).map(({ bar }) => bar)).toEqual([0, 4])
})

test('follows the time signatures, to the end of the last bar', () => {
  const timeSignatures = [{ tick: 960, numerator: 3, denominator: 4 }]
  const phrases = phrasesOf(eighths(8, { timeSignatures }), { bars: 2, hop: 1 })
  expect(phrases.map(({ startTick, endTick }) => [startTick, endTick])).toEqual([
    [0, 2400],
    [960, 3840]
  ])
})

test('leaves out phrases with fewer than 8 notes that are no percussion', () => {
  const drums = (tick: number) => (tick < 1920 || tick === 4080 ? 9 : 0)
  const phrases = phrasesOf(eighths(12, {}, drums), { bars: 1, hop: 1 })
  expect(phrases.map(({ bar }) => bar)).toEqual([1])
  expect(phrasesOf(eighths(12, {}, drums), { bars: 2, hop: 1 }).map(({ bar }) => bar)).toEqual([0, 1])
})

test('a piece that is too short has no phrases, nor has one without notes', () => {
  expect(phrasesOf(eighths(12), { bars: 4, hop: 1 })).toEqual([])
  expect(phrasesOf(eighths(0), { bars: 1, hop: 1 })).toEqual([])
})

test('tens of thousands of bars are cut at once (quadratic work would take a minute)', () => {
  const phrases = phrasesOf(eighths(80_000), { bars: 4, hop: 1 })
  expect(phrases).toHaveLength(19_997)
  expect(phrases.at(-1)?.score.notes).toHaveLength(32)
})

test('with the rest, what is left over at the end is a phrase if it has two bars', () => {
  const barsOf = (quarters: number) =>
    phrasesOf(eighths(quarters), { bars: 4, hop: 4, rest: true }).map(({ bar, endTick }) => [
      bar,
      endTick / 1920
    ])
  expect(barsOf(24)).toEqual([
    [0, 4],
    [4, 6]
  ])
  expect(barsOf(20)).toEqual([[0, 4]])
  expect(barsOf(8)).toEqual([[0, 2]])
})

test('refuses steps that lead nowhere', () => {
  expect(() => phrasesOf(eighths(24), { bars: 4, hop: 0 })).toThrow(
    'phrasesOf: hop expected an integer ≥ 1, got 0'
  )
  expect(() => phrasesOf(eighths(24), { bars: 0.5, hop: 1 })).toThrow(InvalidOptionError)
})
