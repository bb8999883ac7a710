import fc from 'fast-check'
import { expect, describe as group, test } from 'vitest'
import { gridScores, withWordVelocities } from '../../test/arbitrary-score.js'
import { score } from '../../test/scores.js'
import { midiFiles, missingData, readData } from '../../test/vgm-data.js'
import { decode, encode, InvalidScoreError, LimitError, parseMidi, type Score } from '../index.js'
import { nearestStep } from '../words/quantise.js'
import { describe, type Plan } from './index.js'

const whole = 1920

test('a bar says its metre, its notes and their means; percussion has no chord', () => {
  const waltz = score(
    [
      { pitch: 48, startTick: 0, durationTicks: 960, velocity: 64, program: 32 },
      { pitch: 64, startTick: 0, durationTicks: 480, velocity: 80, program: 0 },
      { pitch: 38, startTick: 960, durationTicks: 120, channel: 9, velocity: 100 },
      { pitch: 67, startTick: 960, durationTicks: 240, velocity: 97, program: 0 }
    ],
    { timeSignatures: [{ tick: 0, numerator: 3, denominator: 4 }] }
  )
  expect(describe(waltz)).toEqual({
    bars: [
      {
        ...{ numerator: 3, denominator: 4, steps: 12 },
        notes: 4,
        velocity: 85.25,
        pitch: 54.25,
        duration: 0.94,
        chords: ['C', 'C'],
        programs: [0, 32],
        returns: null
      }
    ]
  })
})

test('a silent bar says that it has no notes; the last bar is that of the last onset', () => {
  const { bars } = describe(
    score([
      { startTick: 0, durationTicks: 480 },
      { startTick: 2 * whole, durationTicks: 9 * whole }
    ])
  )
  expect(bars).toHaveLength(3)
  expect(bars[1]).toEqual({
    ...{ numerator: 4, denominator: 4, steps: 16 },
    ...{ notes: 0, chords: [null, null], programs: [], returns: null }
  })
})

test('a score without notes has no bars', () => {
  expect(describe(score([]))).toEqual({ bars: [] })
})

test('a note belongs to the bar of the time step that it is quantised to', () => {
  const notesOf = (startTick: number) =>
    describe(score([{ startTick: 0 }, { startTick }])).bars.map(bar => bar.notes)
  expect(notesOf(whole - 61)).toEqual([2])
  expect(notesOf(whole)).toEqual([1, 1])
})

test('of a unison in one step the note counts that the words say: the longest, of equals the loudest', () => {
  const unison = [
    { channel: 0, velocity: 20, durationTicks: 470 },
    { channel: 1, velocity: 90, durationTicks: 480 },
    { channel: 2, velocity: 99, durationTicks: 480 }
  ]
  expect(describe(score(unison)).bars[0]).toMatchObject({ notes: 1, velocity: 99 })
})

test('a bar that a time signature cuts short has the metre of its length', () => {
  const metresOf = (tick: number) =>
    describe(
      score([{ startTick: 0 }, { startTick: tick }], {
        timeSignatures: [{ tick, numerator: 6, denominator: 8 }]
      })
    ).bars.map(({ numerator, denominator, steps }) => `${numerator}/${denominator} ${steps}`)
  expect(metresOf(1440)).toEqual(['3/4 12', '6/8 12'])
  expect(metresOf(1200)).toEqual(['5/8 10', '6/8 12'])
  expect(metresOf(1320)).toEqual(['11/16 11', '6/8 12'])
  expect(metresOf(59)).toEqual(['6/8 12'])
})

test('bars of no whole number of steps have the lengths that they take in the grid', () => {
  const { bars } = describe(
    score([{ startTick: 0 }, { startTick: 539 }], {
      timeSignatures: [{ tick: 0, numerator: 3, denominator: 32 }]
    })
  )
  expect(bars.map(({ steps }) => steps)).toEqual([2, 1, 2])
})

test('a chord is that of the half bar in which its notes sound, also where they are held', () => {
  const triad = (pitches: readonly number[], startTick: number, durationTicks: number) =>
    pitches.map(pitch => ({ pitch, startTick, durationTicks }))
  const { bars } = describe(
    score([
      ...triad([57, 60, 64], 0, 480),
      ...triad([53, 57, 60], whole / 2, whole),
      ...triad([55, 59, 62], 1.5 * whole, whole / 2)
    ])
  )
  expect(bars.map(({ chords }) => chords)).toEqual([
    ['Am', 'F'],
    ['F', 'G']
  ])
})

test('a score out of range, or with too many bars, is refused', () => {
  expect(() => describe(score([{ pitch: 128 }]))).toThrow(InvalidScoreError)
  expect(() => describe(score([{ startTick: 1e12 }]))).toThrow(LimitError)
})

/** The score of a score's words, with its time signatures in their grid. */
function heardAgain(source: Score): Score {
  const signatures = source.timeSignatures.map(({ tick, ...metre }) => ({
    ...metre,
    tick: nearestStep(tick, source.ticksPerQuarter) * 240
  }))
  const timeSignatures = signatures.filter(({ tick }, index) => tick !== signatures[index + 1]?.tick)
  return { ...decode(encode(source)), timeSignatures }
}

/** What the words say, too: programs they do not. */
const worded = ({ bars }: Plan) => bars.map(({ programs, ...bar }) => bar)

group('the plan of a score and that of its words agree', () => {
  test('for any score', () => {
    fc.assert(
      fc.property(gridScores, source => {
        expect(worded(describe(heardAgain(source)))).toEqual(worded(describe(source)))
      })
    )
  })

  test.skipIf(missingData)(`for real pieces ${missingData ?? ''}`, () => {
    for (const path of midiFiles('vgmidi-0.1/unlabelled/test').slice(0, 6)) {
      const source = withWordVelocities(parseMidi(readData(path)))
      expect(worded(describe(heardAgain(source))), path).toEqual(worded(describe(source)))
    }
  })
})
