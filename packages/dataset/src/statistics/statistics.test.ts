import { encode, NoNotesError, words } from '@vgm/encoding'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scoreOf } from '../../test/midi-file.js'
import { describeNumbers } from './distribution.js'
import { statisticsPlots } from './plots.js'
import { createStatisticsCounter, datasetStatistics } from './statistics.js'

const cMajor = [60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60]
const aMinor = [57, 59, 60, 62, 64, 68, 69, 64, 60, 57]

describe('datasetStatistics', () => {
  test('counts pieces, words, seconds, tempos, keys, velocities and labels', async () => {
    const first = scoreOf(cMajor, 120, 20) // 11 quarters at 120 bpm
    const second = scoreOf(aMinor, 60, 100) // 10 quarters at 60 bpm
    const pieces = [{ score: first, label: 'happy' }, { score: second, label: 'sad' }, { score: second }]
    const statistics = await datasetStatistics(pieces, words)
    const lengths = [encode(first).length, encode(second).length]
    expect(statistics).toMatchObject({
      pieces: 3,
      notes: 31,
      keys: [
        { name: 'A minor', count: 2 },
        { name: 'C major', count: 1 }
      ],
      velocityClasses: { pp: 11, p: 0, mp: 0, mf: 0, f: 0, ff: 20 },
      labels: [
        { name: 'happy', count: 1 },
        { name: 'sad', count: 1 }
      ]
    })
    expect(statistics.words.total).toBe(lengths[0]! + 2 * lengths[1]!)
    expect(statistics.lengthSec).toMatchObject({ count: 3, total: 25.5, min: 5.5, median: 10, max: 10 })
    expect(statistics.tempoBpm).toMatchObject({ min: 60, median: 60, max: 120 })
    expect(statistics.tempoBpm.mean).toBeCloseTo(80, 12)
  })

  test('means tempo and length over the changes of tempo, up to the last note', async () => {
    const tempos = [
      { tick: 0, tempoBpm: 120 },
      { tick: 960, tempoBpm: 60 },
      { tick: 99_999, tempoBpm: 30 }
    ]
    // Two quarters in 1 s, two more in 2 s.
    const { lengthSec, tempoBpm } = await datasetStatistics(
      [{ score: { ...scoreOf([60, 62, 64, 65]), tempos } }],
      words
    )
    expect(lengthSec.total).toBeCloseTo(3, 12)
    expect(tempoBpm.mean).toBeCloseTo(80, 12)
  })

  test('has a name for music in no key', async () => {
    const chromatic = scoreOf(Array.from({ length: 12 }, (_, step) => 60 + step))
    expect((await datasetStatistics([{ score: chromatic }], words)).keys).toEqual([
      { name: 'none', count: 1 }
    ])
  })

  test('takes pieces as they come, and none at all', async () => {
    async function* stream() {
      yield { score: scoreOf(cMajor) }
    }
    expect((await datasetStatistics(stream(), words)).pieces).toBe(1)
    expect(await datasetStatistics([], words)).toMatchObject({
      pieces: 0,
      words: { count: 0, total: 0, mean: 0, bins: [] },
      keys: [],
      labels: []
    })
  })

  test('counts nothing of a piece that it refuses', () => {
    const counter = createStatisticsCounter(words)
    counter.add({ score: scoreOf(cMajor) })
    const before = counter.result()
    expect(() => counter.add({ score: scoreOf([]), label: 'silent' })).toThrow(NoNotesError)
    expect(counter.result()).toEqual(before)
  })
})

describe('describeNumbers', () => {
  test('bins at round numbers, the last bin with its upper end', () => {
    expect(describeNumbers([3, 1, 2, 50]).bins).toHaveLength(10)
    expect(describeNumbers([0, 4.9, 5, 100]).bins.slice(0, 2)).toEqual([
      { from: 0, to: 5, count: 2 },
      { from: 5, to: 10, count: 1 }
    ])
    expect(describeNumbers([0, 4.9, 5, 100]).bins.at(-1)).toEqual({ from: 95, to: 100, count: 1 })
    expect(describeNumbers([7]).bins).toEqual([{ from: 7, to: 8, count: 1 }])
  })

  test('puts every number into the one bin it belongs to', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), values => {
        const { bins, min, max, mean, median } = describeNumbers(values)
        expect(bins.length).toBeLessThanOrEqual(25)
        for (const { from, to, count } of bins) {
          const isLast = to === bins.at(-1)!.to
          const inside = values.filter(value => value >= from && (value < to || (isLast && value === to)))
          expect(inside).toHaveLength(count)
        }
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
        expect(mean).toBeGreaterThanOrEqual(min * (1 - 1e-12))
        expect(median).toBeLessThanOrEqual(max)
      })
    )
  })
})

describe('statisticsPlots', () => {
  test('draws a panel for each part that holds something', async () => {
    const part = async (
      name: string,
      ...pieces: { score: ReturnType<typeof scoreOf>; label?: string }[]
    ) => ({
      name,
      statistics: await datasetStatistics(pieces, words)
    })
    const labelled = await part('labelled', { score: scoreOf(cMajor), label: 'happy' })
    const unlabelled = await part('unlabelled', { score: scoreOf(aMinor) })
    const plots = statisticsPlots([labelled, unlabelled, await part('empty')])
    expect(plots.map(({ name }) => name)).toEqual([
      'words',
      'length',
      'tempo',
      'keys',
      'velocities',
      'labels'
    ])
    for (const { name, svg } of plots) {
      expect(svg).toMatch(/^<svg /)
      expect(svg).toContain('>labelled<')
      expect(svg.includes('>unlabelled<'), name).toBe(name !== 'labels')
      expect(svg).not.toContain('>empty<')
      expect(svg).not.toContain('NaN')
    }
    expect(statisticsPlots([unlabelled]).map(({ name }) => name)).not.toContain('labels')
  })
})
