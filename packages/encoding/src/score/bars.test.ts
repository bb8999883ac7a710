import { InvalidOptionError } from '@vgm/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scores } from '../../test/arbitrary-score.js'
import { score } from '../../test/scores.js'
import { InvalidScoreError, LimitError } from '../errors.js'
import { barTicks } from './bars.js'

describe('barTicks', () => {
  test('counts in 4/4 where nothing is said, up to the bar in which the last note begins', () => {
    expect(barTicks(score([{}]))).toEqual([0])
    expect(barTicks(score([{}, { startTick: 1919, durationTicks: 9999 }]))).toEqual([0])
    expect(barTicks(score([{}, { startTick: 3840 }]))).toEqual([0, 1920, 3840])
  })

  test('has no bars without notes', () => {
    expect(barTicks(score([], { timeSignatures: [{ tick: 480, numerator: 3, denominator: 4 }] }))).toEqual([])
  })

  test('follows the time signatures; one in the middle of a bar begins a new one', () => {
    const timeSignatures = [
      { tick: 0, numerator: 3, denominator: 4 },
      { tick: 2000, numerator: 6, denominator: 8 },
      { tick: 3440, numerator: 2, denominator: 2 },
      { tick: 99_999, numerator: 1, denominator: 4 }
    ]
    expect(barTicks(score([{ startTick: 5400 }], { timeSignatures }))).toEqual([0, 1440, 2000, 3440, 5360])
  })

  test('is in 4/4 until the first time signature', () => {
    const timeSignatures = [{ tick: 3840, numerator: 1, denominator: 4 }]
    expect(barTicks(score([{ startTick: 4320 }], { timeSignatures }))).toEqual([0, 1920, 3840, 4320])
  })

  test('rounds where a bar is no whole number of ticks, and never to less than one', () => {
    const eighths = { timeSignatures: [{ tick: 0, numerator: 5, denominator: 8 }], ticksPerQuarter: 1 }
    expect(barTicks(score([{ startTick: 8 }], eighths))).toEqual([0, 3, 5, 8])
    const tiny = { timeSignatures: [{ tick: 0, numerator: 1, denominator: 64 }], ticksPerQuarter: 1 }
    expect(barTicks(score([{ startTick: 3 }], tiny))).toEqual([0, 1, 2, 3])
  })

  test('has every time signature begin a bar, and the last note begin in the last bar', () => {
    fc.assert(
      fc.property(scores, piece => {
        const ticks = barTicks(piece)
        const last = Math.max(...piece.notes.map(({ startTick }) => startTick))
        expect(ticks[0]).toBe(0)
        expect(ticks.every((tick, index) => Number.isInteger(tick) && tick > (ticks[index - 1] ?? -1))).toBe(
          true
        )
        expect(ticks.at(-1)).toBeLessThanOrEqual(last)
        for (const { tick } of piece.timeSignatures) expect(ticks.includes(tick)).toBe(tick <= last)
      }),
      { seed: 1, numRuns: 100 }
    )
  })

  test('refuses endless pieces and damaged scores', () => {
    const long = score([{ startTick: 1920 * 100_000 }])
    expect(() => barTicks(long)).toThrow(LimitError)
    expect(() => barTicks(long)).toThrow('barTicks: maxBars allows 100000, got 100001')
    expect(barTicks(long, { maxBars: 100_001 })).toHaveLength(100_001)
    expect(() => barTicks(score([{}]), { maxBars: 0 })).toThrow(InvalidOptionError)
    const timeSignatures = [{ tick: 0, numerator: 0, denominator: 4 }]
    expect(() => barTicks(score([{}], { timeSignatures }))).toThrow(InvalidScoreError)
  })
})
