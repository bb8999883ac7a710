import { expect, it, describe as suite } from 'vitest'
import { line, note, ticksPerQuarter, tune } from '../test/phrases.js'
import { describe } from './describe.js'
import { describeWindows } from './describe-windows.js'

const score = { ticksPerQuarter, notes: tune }
const inQuarters = ({ startTick, endTick }: { startTick: number; endTick: number }): number[] => [
  startTick / ticksPerQuarter,
  endTick / ticksPerQuarter
]

suite('describeWindows', () => {
  it('describes the notes that begin in each bar', () => {
    const rows = [...describeWindows(score, { bars: 1 })]
    expect(rows.map(inQuarters)).toEqual([
      [0, 4],
      [4, 8]
    ])
    const barOne = tune.filter(({ startTick }) => startTick < 4 * ticksPerQuarter)
    const barTwo = tune.filter(({ startTick }) => startTick >= 4 * ticksPerQuarter)
    expect(rows[0]?.values).toEqual(describe(barOne, score).values)
    expect(rows[1]?.values).toEqual(describe(barTwo, score).values)
    expect(rows[1]?.names).toBe(describe(tune, score).names)
  })

  it('gives one row where the window is as long as the piece, or longer', () => {
    for (const bars of [2, 4, 1000]) {
      const rows = [...describeWindows(score, { bars })]
      expect(rows.map(({ values }) => values)).toEqual([describe(tune, score).values])
    }
  })

  it('leaves out windows in which nothing begins, and keeps a note whole', () => {
    const notes = [note(60, 0, 12), note(62, 17, 1)]
    const rows = [...describeWindows({ ticksPerQuarter, notes }, { bars: 2 })]
    expect(rows.map(inQuarters)).toEqual([
      [0, 8],
      [16, 24]
    ])
    const { names, values } = rows[0]!
    expect(values[names.indexOf('mean-rhythmic-value')]).toBe(12)
  })

  it('follows the time signatures, one of which cuts a bar short', () => {
    // 3/4 for two bars, then 6/8, then 4/4 in the middle of the second of its bars.
    const timeSignatures = [
      { tick: 0, numerator: 3, denominator: 4 },
      { tick: 6 * ticksPerQuarter, numerator: 6, denominator: 8 },
      { tick: 10.5 * ticksPerQuarter, numerator: 4, denominator: 4 }
    ]
    const notes = line(
      Array.from({ length: 16 }, () => 60),
      1
    )
    const single = [...describeWindows({ ticksPerQuarter, timeSignatures, notes }, { bars: 1 })]
    expect(single.map(inQuarters)).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
      [9, 10.5],
      [10.5, 14.5],
      [14.5, 18.5]
    ])
    const triple = [...describeWindows({ ticksPerQuarter, timeSignatures, notes }, { bars: 3 })]
    expect(triple.map(inQuarters)).toEqual([
      [0, 9],
      [9, 18.5]
    ])
  })

  it('takes the tempo of each window', () => {
    const tempos = [
      { tick: 0, tempoBpm: 90 },
      { tick: 4 * ticksPerQuarter, tempoBpm: 150 }
    ]
    const rows = [...describeWindows({ ...score, tempos }, { bars: 1 })]
    const found = rows.map(({ names, values }) => values[names.indexOf('mean-tempo')])
    expect(found[0]).toBeCloseTo(90, 9)
    expect(found[1]).toBeCloseTo(150, 9)
  })

  it('computes a row only when it is asked for', () => {
    // 50,000 bars: all their rows together would run into the time limit.
    const notes = line(
      Array.from({ length: 200_000 }, (_, index) => 40 + (index % 40)),
      1
    )
    const { value } = describeWindows({ ticksPerQuarter, notes }, { bars: 1 }).next()
    expect(inQuarters(value)).toEqual([0, 4])
  })

  it('refuses, at the call, windows of no length and scores without pitched notes', () => {
    expect(() => describeWindows(score, { bars: 0 })).toThrow(
      'describeWindows: bars expected an integer ≥ 1, got 0'
    )
    expect(() => describeWindows({ ...score, notes: [] }, { bars: 1 })).toThrow(
      'describeWindows: expected at least one pitched note, got none'
    )
    expect(() => describeWindows({ ...score, ticksPerQuarter: 0.5 }, { bars: 1 })).toThrow(
      'describeWindows: ticksPerQuarter expected an integer from 1 to 32767, got 0.5'
    )
  })
})
