import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { line, note, ticksPerQuarter, tune } from '../../test/phrases.js'
import { NoNotesError } from '../errors.js'
import type { DescribedNote, DescribedScore } from '../types.js'
import { form } from './form.js'

const piece = (...notes: DescribedNote[]): DescribedScore => ({ ticksPerQuarter, notes })

/** A bar of 4/4 in four quarters. */
const bar = (index: number, ...pitches: number[]) => line(pitches, 1, index * 4)

const [a, b] = [
  [60, 62, 64, 65],
  [67, 69, 71, 72]
]

describe('form', () => {
  test('compares each bar with all earlier ones but its neighbour', () => {
    // The third bar has three tones of the first (3 shared of 5), the fourth is the second.
    const { likeness, alone, returns, returnDistance, bars } = form(
      piece(...bar(0, ...a), ...bar(1, ...b), ...bar(2, 60, 62, 64, 67), ...bar(3, ...b))
    )
    expect(bars).toBe(4)
    expect(likeness).toBeCloseTo((3 / 5 + 1) / 2, 12)
    expect(alone).toBe(2 / 4)
    expect(returns).toEqual([{ bar: 3, earlier: 1, likeness: 1 }])
    expect(returnDistance).toBe(2)
  })

  test('does not count a neighbour as a return, and calls it a loop', () => {
    const found = form(piece(...bar(0, ...b), ...bar(1, ...a), ...bar(2, ...a), ...bar(3, ...a)))
    expect(found.likeness).toBe((0 + 1) / 2)
    expect(found.alone).toBe(1 / 4)
    expect(found.loop).toBe(3)
    expect(form(piece(...bar(0, ...a), ...bar(1, ...b))).loop).toBe(1)
  })

  test('takes the latest of equally alike bars', () => {
    const notes = [0, 1, 2, 3, 4].flatMap(index => bar(index, ...(index % 2 === 0 ? a : b)))
    expect(form(piece(...notes)).returns.map(({ bar, earlier }) => [bar, earlier])).toEqual([
      [2, 0],
      [3, 1],
      [4, 2]
    ])
  })

  test('calls bars near-identical from four fifths on', () => {
    // Nine eighths of which eight are shared would be 8 / 10; here 4 of 5 tones.
    const long = [...bar(0, ...a), note(48, 0, 4)]
    const found = form(piece(...long, ...bar(1, ...b), ...bar(2, ...a)))
    expect(found.returns).toEqual([{ bar: 2, earlier: 0, likeness: 0.8 }])
  })

  test('compares rhythms by their onsets alone', () => {
    const found = form(piece(...bar(0, ...a), note(60, 4, 1), ...bar(2, ...b)))
    expect(found.rhythm).toBe(1)
    expect(found.likeness).toBe(0)
    // Steps 0 and 8 of 0, 4, 8, 12.
    const halves = form(piece(...bar(0, ...a), note(60, 4, 1), ...line([60, 60], 2, 8)))
    expect(halves.rhythm).toBe(2 / 4)
  })

  test('rounds onsets to steps of a sixteenth, over the bar line too', () => {
    const late = bar(2, ...a).map(each => ({ ...each, startTick: each.startTick - 40 }))
    const found = form(piece(...bar(0, ...a), ...bar(1, ...b), ...late))
    expect(found).toMatchObject({ bars: 3, likeness: 1 })
  })

  test('follows the metre in force', () => {
    // Bars of three quarters that come back after two.
    const waltz = [60, 64, 67, 59, 62, 67, 60, 64, 67, 59, 62, 67]
    const notes = line(waltz, 1)
    const inThree = { ...piece(...notes), timeSignatures: [{ tick: 0, numerator: 3, denominator: 4 }] }
    expect(form(inThree)).toMatchObject({ bars: 4, likeness: 1, alone: 0, returnDistance: 2 })
    expect(form(piece(...notes))).toMatchObject({ bars: 3, likeness: 0 })
  })

  test('leaves out silent bars, but counts them in distances', () => {
    const found = form(piece(...bar(0, ...a), ...bar(1, ...b), ...bar(9, ...a)))
    expect(found).toMatchObject({ bars: 3, likeness: 1, returnDistance: 9 })
  })

  test('counts notes by pitch class, and neighbouring bars by theirs', () => {
    const found = form(piece(...bar(0, 60, 72, 62, 64), ...bar(1, 60, 62, 63, 65)))
    // C three times, D twice, four more once each.
    expect(found.threeClasses).toBe(6 / 8)
    expect(found.sevenClasses).toBe(1)
    // C and D of C, D, E and C, D, E flat, F.
    expect(found.change).toBeCloseTo(1 - 2 / 5, 12)
  })

  test('has no numbers of bars that are not there', () => {
    expect(form(piece(note(60, 0, 4)))).toMatchObject({
      ...{ bars: 1, likeness: null, rhythm: null, change: null, returnDistance: null },
      ...{ alone: 1, loop: 1, returns: [] }
    })
  })

  test('leaves out percussion, and refuses what cannot be measured', () => {
    const drum = { ...note(36, 0, 1), channel: 9 }
    expect(form(piece(...tune, drum))).toEqual(form(piece(...tune)))
    expect(() => form(piece(drum))).toThrow(NoNotesError)
    expect(() => form(piece(note(200, 0, 1)))).toThrow('form: notes[0].pitch expected')
    expect(() => form({ ...piece(...tune), ticksPerQuarter: 0 })).toThrow('form: ticksPerQuarter expected')
  })
})

describe('the ending', () => {
  test('holds if a note that begins in the last bar lasts half a bar', () => {
    expect(form(piece(...tune)).endsHeld).toBe(true)
    expect(form(piece(...tune, note(60, 8, 1.9))).endsHeld).toBe(false)
    expect(form(piece(...tune, note(60, 8, 2))).endsHeld).toBe(true)
  })

  test('is on the tonic by its bass or its triad', () => {
    const ending = (...pitches: number[]) =>
      form(piece(...tune, ...pitches.map(pitch => note(pitch, 8, 1)))).endsOnTonic
    expect(ending(48, 55)).toBe(true)
    expect(ending(52, 60, 67)).toBe(true)
    expect(ending(55, 59, 62)).toBe(false)
    expect(ending(52, 60)).toBe(false)
  })

  test('hears what still sounds when the last note begins', () => {
    expect(form(piece(...tune, note(48, 8, 4), note(76, 10, 2))).endsOnTonic).toBe(true)
    expect(form(piece(...tune, note(48, 8, 2), note(76, 10, 2))).endsOnTonic).toBe(false)
  })
})

const anyPiece = fc
  .array(
    fc.record({
      pitch: fc.integer({ min: 40, max: 80 }),
      velocity: fc.constant(64),
      startTick: fc.nat(64).map(step => step * 120),
      durationTicks: fc.integer({ min: 1, max: 16 }).map(step => step * 120)
    }),
    { minLength: 1, maxLength: 60 }
  )
  .map(notes => piece(...notes))

describe('any piece', () => {
  test('has the same form in every key', () => {
    fc.assert(
      fc.property(anyPiece, fc.integer({ min: -12, max: 12 }), (score, semitones) => {
        const notes = score.notes.map(each => ({ ...each, pitch: each.pitch + semitones }))
        expect(form({ ...score, notes })).toEqual(form(score))
      }),
      { seed: 1, numRuns: 200 }
    )
  })

  test('comes back when it is repeated', () => {
    fc.assert(
      fc.property(anyPiece, score => {
        const bars = Math.max(...score.notes.map(({ startTick }) => Math.floor(startTick / 1920))) + 1
        const shift = Math.max(2, bars) * 1920
        const again = score.notes.map(each => ({ ...each, startTick: each.startTick + shift }))
        const [once, twice] = [form(score), form({ ...score, notes: [...score.notes, ...again] })]
        expect(twice.alone).toBe(0)
        expect(twice.likeness ?? 1).toBeGreaterThanOrEqual((once.likeness ?? 0) - 1e-12)
        expect(twice.returns.length).toBeGreaterThanOrEqual(once.bars - 1)
      }),
      { seed: 1, numRuns: 200 }
    )
  })

  test('has finite numbers in their ranges', () => {
    fc.assert(
      fc.property(anyPiece, score => {
        const { likeness, rhythm, change, alone, sevenClasses, threeClasses } = form(score)
        for (const share of [likeness, rhythm, change, alone, sevenClasses, threeClasses]) {
          expect(share === null || (share >= 0 && share <= 1)).toBe(true)
        }
        expect((rhythm ?? 1) - (likeness ?? 0)).toBeGreaterThanOrEqual(-1e-12)
        expect(sevenClasses).toBeGreaterThanOrEqual(threeClasses)
      }),
      { seed: 1, numRuns: 200 }
    )
  })
})
