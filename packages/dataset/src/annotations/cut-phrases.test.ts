import type { Note, Score } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { cutPhrases } from './cut-phrases.js'

function note(startTick: number, pitch = 60, channel = 0): Note {
  return { pitch, velocity: 64, startTick, durationTicks: 500, channel, program: 0 }
}

function scoreOf(notes: readonly Note[], more: Partial<Score> = {}): Score {
  const tempos = [{ tick: 0, tempoBpm: 120 }]
  return { ticksPerQuarter: 100, notes, tempos, timeSignatures: [], keySignatures: [], ...more }
}

const spans = [0, 1, 2, 3].map(bar => ({ fromBar: bar, toBar: bar + 1, valence: 1 as const }))

test('a note belongs to the phrase in which it begins, and keeps its length', () => {
  const { phrases } = cutPhrases(scoreOf([note(0), note(399, 62), note(400, 64)]), spans)
  expect(phrases.map(({ span, score }) => [span, score.notes])).toEqual([
    [0, [note(0), note(399, 62)]],
    [1, [note(0, 64)]]
  ])
})

test('silence and percussion are dropped, and what was heard before', () => {
  const { phrases, silent, repeated } = cutPhrases(
    scoreOf([note(0), note(400, 40, 9), note(800), note(1200, 61)]),
    spans
  )
  expect(phrases.map(({ span }) => span)).toEqual([0, 3])
  expect({ silent, repeated }).toEqual({ silent: [1], repeated: [2] })
})

test('the same notes at another tempo are no repetition', () => {
  const tempos = [
    { tick: 0, tempoBpm: 120 },
    { tick: 600, tempoBpm: 90 }
  ]
  const { phrases, repeated } = cutPhrases(scoreOf([note(0), note(800)], { tempos }), spans)
  expect(repeated).toEqual([])
  expect(phrases[1]?.score.tempos).toEqual([{ tick: 0, tempoBpm: 90 }])
})

test('what held before a phrase holds at its start, and changes within stay where they are', () => {
  const score = scoreOf([note(450)], {
    tempos: [0, 100, 450, 800].map((tick, index) => ({ tick, tempoBpm: 100 + index })),
    timeSignatures: [{ tick: 420, numerator: 3, denominator: 4 }],
    keySignatures: [{ tick: 0, fifths: 1, mode: 'major' }]
  })
  expect(cutPhrases(score, spans.slice(1, 2)).phrases[0]?.score).toEqual({
    ticksPerQuarter: 100,
    notes: [note(50)],
    tempos: [
      { tick: 0, tempoBpm: 101 },
      { tick: 50, tempoBpm: 102 }
    ],
    timeSignatures: [{ tick: 20, numerator: 3, denominator: 4 }],
    keySignatures: [{ tick: 0, fifths: 1, mode: 'major' }]
  })
})

test('bars may have another length', () => {
  const { phrases } = cutPhrases(scoreOf([note(0), note(300, 61)]), spans, { quartersPerBar: 3 })
  expect(phrases.map(({ span }) => span)).toEqual([0, 1])
})

test('an empty span is refused', () => {
  expect(() => cutPhrases(scoreOf([]), [{ fromBar: 2, toBar: 2, valence: 1 }])).toThrow(
    'cutPhrases: spans[0] expected fromBar of at least 0 and toBar after it, got {"fromBar":2,"toBar":2}'
  )
})
