import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, plans } from '../../../test/plans.js'
import { note, score } from '../../../test/scores.js'
import { describe, formatPlan, PlanTextError, parsePlan, planFields } from '../index.js'

test('a line per bar: its number, its metre and what is said of it', () => {
  const plan = {
    bars: [
      bar({
        ...{ notes: 12, velocity: 84, pitch: 62, duration: 0.75, chords: ['C', null] },
        programs: [0, 32]
      }),
      bar({ numerator: 3, notes: 0, programs: [], returns: null }),
      { ...bar({ numerator: 3 }), steps: 13, returns: { bars: 2, how: 'varied' } as const }
    ]
  }
  expect(formatPlan(plan).split('\n').slice(1)).toEqual([
    '1  4/4  notes 12  velocity 84  pitch 62  length 0.75  chords C -  programs 0 32',
    '2  3/4  notes 0  programs -  returns new',
    '3  3/4  steps 13  returns varied 2',
    ''
  ])
})

test('the text of any plan is read as that plan', () => {
  fc.assert(
    fc.property(plans, plan => {
      expect(parsePlan(formatPlan(plan))).toEqual(plan)
    })
  )
})

test('the text of a piece is read as its plan', () => {
  const piece = score(
    [0, 1920, 3840].flatMap(startTick => [60, 64, 67].map(pitch => note({ pitch, startTick })))
  )
  expect(parsePlan(formatPlan(describe(piece)))).toEqual(describe(piece))
})

test('numbers, metres and fields may be left out, fields come in any order, and comments are passed over', () => {
  const text = `
    # A song
    3/4  chords C Am  notes 5   # waltz
    notes 2
    7 returns exact 1 velocity 80
    6/8
    9
  `
  const waltz = { numerator: 3 }
  const sixEight = { numerator: 6, denominator: 8 }
  expect(parsePlan(text).bars).toEqual([
    bar({ ...waltz, chords: ['C', 'Am'], notes: 5 }),
    bar({ ...waltz, notes: 2 }),
    bar({ ...waltz, returns: { bars: 1, how: 'exact' }, velocity: 80 }),
    bar(sixEight),
    bar(sixEight)
  ])
  expect(parsePlan('')).toEqual({ bars: [] })
  expect(parsePlan('notes 1').bars).toEqual([bar({ notes: 1 })])
})

test('chords may be spelt with sharps', () => {
  expect(parsePlan('chords F#m C# # both are black').bars[0]!.chords).toEqual(['Gbm', 'Db'])
})

test('what is wrong is named by its line and bar, with what was expected', () => {
  const wrong: [string, expected: string, text: string][] = [
    ['loud', 'one of steps, notes,', 'loud'],
    ['notes 3 notes 4', 'each at most once', 'notes 4'],
    ['notes 1.5', 'the number of notes', 'notes 1.5'],
    ['notes', 'the number of notes', 'notes'],
    ['velocity 128 pitch 3', 'a mean velocity from 0 to 127', 'velocity 128 pitch 3'],
    ['pitch -1', 'a mean pitch', 'pitch -1'],
    ['length x', 'a mean length', 'length x'],
    ['steps 0', 'the length of the bar', 'steps 0'],
    ['chords C', 'two major or minor triads', 'chords C'],
    ['chords C E#', 'two major or minor triads', 'chords C E#'],
    ['chords C Csus4', 'two major or minor triads', 'chords C Csus4'],
    ['programs 5 2', 'ascending MIDI programs', 'programs 5 2'],
    ['programs 128', 'ascending MIDI programs', 'programs 128'],
    ['returns exact 0', '"returns new", or', 'returns exact 0'],
    ['returns exact 2', 'a return from at most 1 bars ago', 'returns exact 2'],
    ['3/5', 'a metre over a power of two', '3/5'],
    ['0/4', 'one of steps', '0/4']
  ]
  for (const [line, expected, text] of wrong) {
    const problem = () => parsePlan(`# plan\nnotes 1\n\n${line}\n`)
    expect(problem, line).toThrow(PlanTextError)
    expect(problem, line).toThrow(`parsePlan: line 4 (bar 2) expected`)
    expect(problem, line).toThrow(expected)
    expect(problem, line).toThrow(expect.objectContaining({ code: 'PLAN_TEXT', line: 4, bar: 2, text }))
  }
})

test('the grammar as data accepts what is written', () => {
  const field = planFields.map(({ name, values }) => `  ${name} ${values}`).join('|')
  const line = new RegExp(`^ *\\d+  \\d+/\\d+(?:${field})*$`)
  fc.assert(
    fc.property(plans, plan => {
      for (const text of formatPlan(plan).split('\n').slice(1, -1)) expect(text).toMatch(line)
    })
  )
})
