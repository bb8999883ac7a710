import { expect, test } from 'vitest'
import { createClock, lengthSeconds, meanTempoBpm, secondsAt } from './time.js'
import type { Score, TempoChange } from './types.js'

const note = { pitch: 60, velocity: 64, channel: 0, program: 0 }

function score(tempos: readonly TempoChange[]): Score {
  return {
    ticksPerQuarter: 100,
    notes: [
      { ...note, startTick: 0, durationTicks: 500 },
      { ...note, startTick: 200, durationTicks: 100 }
    ],
    tempos,
    timeSignatures: [],
    keySignatures: []
  }
}

test('the length is that of the note that ends last, though another begins later', () => {
  expect(lengthSeconds(score([{ tick: 0, tempoBpm: 120 }]))).toBe(2.5)
})

test('each stretch counts at its own tempo, and a tempo after the end not at all', () => {
  const tempos = [
    { tick: 0, tempoBpm: 60 },
    { tick: 200, tempoBpm: 120 },
    { tick: 400, tempoBpm: 30 },
    { tick: 600, tempoBpm: 240 }
  ]
  expect(lengthSeconds(score(tempos))).toBe(2 + 1 + 2)
  expect([0, 100, 200, 300, 700].map(tick => secondsAt(score(tempos), tick))).toEqual([0, 1, 2, 2.5, 7.25])
})

test('the mean tempo is weighted by beats: a quarter of the beats at 60 bpm and the others at 120', () => {
  const tempos = [
    { tick: 0, tempoBpm: 60 },
    { tick: 125, tempoBpm: 120 }
  ]
  expect(meanTempoBpm(score(tempos))).toBeCloseTo(5 / (3.125 / 60), 12)
})

test('between two ticks count the tempos there, 120 bpm until the first', () => {
  const clock = createClock({ ticksPerQuarter: 100, tempos: [{ tick: 200, tempoBpm: 60 }] })
  expect(clock.secondsBetween(100, 300)).toBe(1.5)
  expect(clock.temposBetween(100, 300)).toEqual([
    { tempoBpm: 120, seconds: 0.5 },
    { tempoBpm: 60, seconds: 1 }
  ])
  expect(clock.temposBetween(200, 300)).toEqual([{ tempoBpm: 60, seconds: 1 }])
  expect(createClock({ ticksPerQuarter: 100 }).secondsBetween(0, 200)).toBe(1)
})

test('a short note late in a long piece keeps its length', () => {
  const tempos = Array.from({ length: 2000 }, (_, index) => ({
    tick: 100 * index,
    tempoBpm: 60 + (index % 7)
  }))
  expect(
    createClock({ ticksPerQuarter: 100, tempos }).secondsBetween(250_000_000_000, 250_000_000_001)
  ).toBeCloseTo(0.6 / tempos.at(-1)!.tempoBpm, 14)
})
