import type { Score, TempoChange } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { lengthSeconds, secondsAt } from './time.js'

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
