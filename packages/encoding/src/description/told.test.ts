import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, plans } from '../../test/plans.js'
import { walks } from '../../test/walk.js'
import { decode, fromText } from '../index.js'
import {
  type BarPlan,
  type ControlName,
  controlIndex,
  describe,
  type Plan,
  planControls,
  tellPlan,
  toldBeside
} from './index.js'

const count = planControls.length
const steps = (length: number) => new Uint16Array(length).fill(223)

/** The classes of a control beside every word of a piece. */
const columnOf = (name: ControlName, plan: Plan, ids: ArrayLike<number>): number[] =>
  [...toldBeside(plan, ids).controls].filter((_, at) => at % count === controlIndex[name])

/** The class of a control beside the first word of each bar, every bar being a plan of its own. */
const classesOf = (name: ControlName, bars: readonly Partial<BarPlan>[]) =>
  bars.map(fields => columnOf(name, { bars: [bar(fields)] }, steps(1))[0])

test('the controls and the numbers of their classes', () => {
  expect(planControls.map(({ name, classes }) => `${name} ${classes}`)).toEqual([
    'place 65',
    'metre 12',
    'toGo 16',
    'density 12',
    'due 34',
    'velocity 9',
    'pitch 22',
    'duration 9',
    'chord 26',
    'nextChord 26',
    'returns 20'
  ])
})

test('place and time count the steps; a `.` stands in the step that it ends', () => {
  const ids = fromText('t_120 v_64 d_quarter_0 n_60 . . n_62 . .\n')
  const plan = { bars: [bar({ numerator: 3, denominator: 16 })] }
  expect([...toldBeside(plan, ids).time]).toEqual([0, 0, 0, 0, 0, 1, 2, 2, 3, 4])
  expect(columnOf('place', plan, ids)).toEqual([1, 1, 1, 1, 1, 2, 3, 3, 1, 2])
})

test('without a plan bars of 4/4 are told; past the end of one its last metre goes on, and nothing else', () => {
  const row = (place: number, metre: number) => [place, metre, ...Array(count - 2).fill(0)]
  const whole = [...toldBeside({ bars: [] }, steps(18)).controls]
  expect(whole).toEqual([...Array(16).keys(), 0, 1].flatMap(step => row(step + 1, 7)))
  const plan = { bars: [bar({ numerator: 3, denominator: 8, notes: 3, chords: ['C', 'G'] })] }
  expect([...toldBeside(plan, steps(8)).controls].slice(6 * count)).toEqual([...row(1, 2), ...row(2, 2)])
})

test('a place past the 64th step counts as the 64th', () => {
  const places = columnOf('place', { bars: [bar({ numerator: 17 })] }, steps(69))
  expect(places.slice(62)).toEqual([63, 64, 64, 64, 64, 64, 1])
})

test('metre', () => {
  const metres = [4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 7, 32].map(numerator => ({
    numerator,
    denominator: 16
  }))
  expect(classesOf('metre', metres)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11])
})

test('toGo counts the bars after this one', () => {
  const bars = Array<BarPlan>(67).fill(bar({ numerator: 1, denominator: 16 }))
  const toGo = columnOf('toGo', { bars }, steps(67)).reverse()
  expect([0, 1, 8, 9, 12, 13, 16, 17, 24, 25, 32, 33, 64, 65, 66].map(left => toGo[left])).toEqual([
    1, 2, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15
  ])
})

test('density', () => {
  const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 24, 25, 400]
  expect(classesOf('density', [{}, ...counts.map(notes => ({ notes }))])).toEqual([
    0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11
  ])
})

test('due counts down the notes of the bar, and stays at none', () => {
  const eighth = { numerator: 1, denominator: 8 }
  const bars = [bar({ ...eighth, notes: 2 }), bar(eighth), bar({ ...eighth, notes: 1 })]
  const ids = fromText('t_120 v_64 d_16th_0 n_60 . n_62 n_64 . n_60 . . n_60 . .\n')
  expect(columnOf('due', { bars }, ids)).toEqual([3, 3, 3, 3, 2, 2, 1, 1, 0, 0, 0, 2, 1, 1, 0])
  expect(classesOf('due', [{ notes: 31 }, { notes: 32 }, { notes: 1000 }])).toEqual([32, 33, 33])
})

test('velocity, pitch and duration', () => {
  const velocities = [0, 15.9, 16, 64, 127].map(velocity => ({ velocity }))
  expect(classesOf('velocity', [{}, ...velocities])).toEqual([0, 1, 1, 2, 5, 8])
  const pitches = [0, 24, 27.9, 28, 60, 107, 127].map(pitch => ({ pitch }))
  expect(classesOf('pitch', [{}, ...pitches])).toEqual([0, 1, 1, 1, 2, 10, 21, 21])
  const durations = [0, 0.25, 0.35, 0.36, 0.5, 1, 2, 4, 8, 16, 32, 99].map(duration => ({ duration }))
  expect(classesOf('duration', [{}, ...durations])).toEqual([0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 8])
})

test('chord and nextChord follow the halves of the bars; an odd step belongs to the first half', () => {
  const bars = [
    bar({ numerator: 3, denominator: 16, chords: ['C', null] }),
    bar({ numerator: 1, denominator: 8, chords: ['Bm', 'Db'] }),
    bar({ numerator: 1, denominator: 8 })
  ]
  expect(columnOf('chord', { bars }, steps(7))).toEqual([2, 2, 1, 25, 3, 0, 0])
  expect(columnOf('nextChord', { bars }, steps(7))).toEqual([1, 1, 25, 3, 0, 0, 0])
})

test('returns', () => {
  const distances = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 64]
  const classes = [2, 3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10]
  const of = (how: 'exact' | 'varied') => distances.map(bars => ({ returns: { bars, how } }))
  expect(classesOf('returns', [{}, { returns: null }])).toEqual([0, 1])
  expect(classesOf('returns', of('exact'))).toEqual(classes)
  expect(classesOf('returns', of('varied'))).toEqual(classes.map(value => value + 9))
})

const full = bar({
  ...{ notes: 5, velocity: 70, pitch: 60, duration: 1, chords: ['C', 'G'] },
  returns: { bars: 1, how: 'exact' }
})

test('what is hidden in a bar is not told there; the place always is', () => {
  const plan = { bars: [full, full] }
  const rows = (hides: (index: number, name: ControlName) => boolean) => {
    const { controls } = toldBeside(plan, steps(32), { hides })
    return [8, 16, 24].map(step => [...controls.subarray(step * count, (step + 1) * count)])
  }
  expect(rows(() => false)).toEqual([
    [9, 7, 2, 6, 6, 5, 10, 3, 9, 2, 2],
    [1, 7, 1, 6, 6, 5, 10, 3, 2, 9, 2],
    [9, 7, 1, 6, 6, 5, 10, 3, 9, 0, 2]
  ])
  expect(rows(index => index === 1)).toEqual([
    [9, 7, 2, 6, 6, 5, 10, 3, 9, 0, 2],
    [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  ])
})

test('the notes that are due are not told where the density is hidden', () => {
  const { controls } = toldBeside({ bars: [full] }, steps(1), { hides: (_, name) => name === 'density' })
  expect([controls[controlIndex.density], controls[controlIndex.due]]).toEqual([0, 0])
})

test('words told one by one and a whole piece agree', () => {
  const hides = (index: number, name: ControlName) => (index * 7 + controlIndex[name]) % 5 === 0
  fc.assert(
    fc.property(walks, plans, (ids, plan) => {
      const whole = toldBeside(plan, ids, { hides })
      const teller = tellPlan(plan, { hides })
      let state = teller.initial()
      const times: number[] = []
      const rows: number[] = []
      for (const id of ids) {
        const { time, controls } = teller.values(state)
        times.push(time)
        rows.push(...controls)
        state = teller.next(state, id)
      }
      expect(times).toEqual([...whole.time])
      expect(rows).toEqual([...whole.controls])
    })
  )
})

test('the classes told of any piece are within their numbers, and its notes are due to the last', () => {
  fc.assert(
    fc.property(walks, ids => {
      const plan = describe(decode(ids))
      const { controls } = toldBeside(plan, ids)
      expect(controls.every((value, at) => value >= 0 && value < planControls[at % count]!.classes)).toBe(
        true
      )
      expect(columnOf('due', plan, ids).every((due, at) => ids[at]! >= 128 || due > 1)).toBe(true)
    })
  )
})
