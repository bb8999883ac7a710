import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scores } from '../../test/arbitrary-score.js'
import { score } from '../../test/scores.js'
import { barTicks } from './bars.js'
import { excerpt } from './excerpt.js'
import type { Note } from './types.js'
import { validateScore } from './validate-score.js'

describe('excerpt', () => {
  test('has the notes that begin within, cut at its end, and begins at tick 0', () => {
    const piece = score([
      { pitch: 60, startTick: 0, durationTicks: 2000 },
      { pitch: 61, startTick: 960, durationTicks: 480 },
      { pitch: 62, startTick: 1440, durationTicks: 960 },
      { pitch: 63, startTick: 1920 }
    ])
    expect(excerpt(piece, { startTick: 960, endTick: 1920 })).toEqual(
      score([
        { pitch: 61, startTick: 0, durationTicks: 480 },
        { pitch: 62, startTick: 480, durationTicks: 480 }
      ])
    )
  })

  test('lets notes sound past its end where their length is to be kept', () => {
    const piece = score([{ pitch: 60, startTick: 960, durationTicks: 2000 }])
    expect(excerpt(piece, { startTick: 480, endTick: 1440, keepsLengths: true })).toEqual(
      score([{ pitch: 60, startTick: 480, durationTicks: 2000 }])
    )
  })

  test('says the tempo and the signatures in force at its start, then the changes within', () => {
    const tempos = [
      { tick: 0, tempoBpm: 100 },
      { tick: 480, tempoBpm: 60 },
      { tick: 1000, tempoBpm: 90 },
      { tick: 1920, tempoBpm: 30 }
    ]
    const timeSignatures = [
      { tick: 0, numerator: 3, denominator: 4 },
      { tick: 960, numerator: 6, denominator: 8 }
    ]
    const keySignatures = [{ tick: 1200, fifths: -3, mode: 'minor' as const }]
    const piece = score([{}], { tempos, timeSignatures, keySignatures })
    expect(excerpt(piece, { startTick: 960, endTick: 1920 })).toEqual(
      score([], {
        tempos: [
          { tick: 0, tempoBpm: 60 },
          { tick: 40, tempoBpm: 90 }
        ],
        timeSignatures: [{ tick: 0, numerator: 6, denominator: 8 }],
        keySignatures: [{ tick: 240, fifths: -3, mode: 'minor' }]
      })
    )
    expect(excerpt(piece, { startTick: 0, endTick: 960 }).keySignatures).toEqual([])
  })

  test('from beginning to end is the score', () => {
    fc.assert(
      fc.property(scores, piece => {
        expect(excerpt(piece, { startTick: 0, endTick: 50_000 })).toEqual(piece)
      }),
      { seed: 1, numRuns: 100 }
    )
  })

  test('excerpts that tile a score hold every note once, and are scores', () => {
    const startOf = ({ durationTicks: _, ...note }: Note) => note
    fc.assert(
      fc.property(scores, piece => {
        const bounds = [...barTicks(piece), 50_000]
        const tiles = bounds.slice(0, -1).map((startTick, index) => {
          const tile = excerpt(piece, { startTick, endTick: bounds[index + 1]! })
          if (tile.notes.length > 0) validateScore(tile, 'test')
          return tile.notes.map(note => startOf({ ...note, startTick: note.startTick + startTick }))
        })
        expect(tiles.flat()).toEqual(piece.notes.map(startOf))
      }),
      { seed: 1, numRuns: 100 }
    )
  })

  test.each([
    [-1, 480, 'excerpt: startTick expected an integer ≥ 0, got -1'],
    [0.5, 480, 'excerpt: startTick expected an integer ≥ 0, got 0.5'],
    [480, 480, 'excerpt: endTick expected an integer above startTick (480), got 480'],
    [0, 2.5, 'excerpt: endTick expected an integer above startTick (0), got 2.5'],
    [0, Number.NaN, 'excerpt: endTick expected an integer above startTick (0), got NaN']
  ])('refuses ticks from %d to %d', (startTick, endTick, message) => {
    expect(() => excerpt(score([{}]), { startTick, endTick })).toThrow(InvalidOptionError)
    expect(() => excerpt(score([{}]), { startTick, endTick })).toThrow(message)
  })
})
