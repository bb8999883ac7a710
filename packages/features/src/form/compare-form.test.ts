import { expect, test } from 'vitest'
import { line, ticksPerQuarter, tune } from '../../test/phrases.js'
import { compareForm, formTable, summarizeForms } from './compare-form.js'
import { form } from './form.js'
import { formMeasures } from './measures.js'
import { realForm } from './real-form.js'

const short = form({ ticksPerQuarter, notes: tune })
const scale = form({
  ticksPerQuarter,
  notes: line(
    [...Array(48).keys()].map(k => 40 + k),
    1
  )
})

test('real music lies within itself', () => {
  for (const measure of formMeasures) {
    const { low, middle, high } = realForm[measure]
    expect(low).toBeLessThanOrEqual(middle)
    expect(middle).toBeLessThanOrEqual(high)
    expect(high).toBeGreaterThan(0)
  }
})

test('a chromatic scale is outside of real music in what it lacks', () => {
  const rows = compareForm(scale)
  expect(rows.map(({ measure }) => measure)).toEqual(formMeasures)
  const outside = rows.filter(({ isOutside }) => isOutside).map(({ measure }) => measure)
  expect(outside).toEqual(expect.arrayContaining(['likeness', 'alone', 'sevenClasses', 'threeClasses']))
  expect(rows[0]).toEqual({ measure: 'likeness', value: 0, ...realForm.likeness, isOutside: true })
})

test('what cannot be measured is not outside', () => {
  expect(compareForm(short)[0]).toMatchObject({ value: null, isOutside: false })
})

test('several pieces have the medians of those that can be measured, and the share that ends well', () => {
  const summary = summarizeForms([short, scale, { ...scale, endsHeld: true, likeness: 0.5 }])
  expect(summary).toMatchObject({ likeness: 0.25, alone: 1, endsHeld: 2 / 3, returnDistance: null })
  expect(summarizeForms([])).toMatchObject({ likeness: null, endsHeld: null })
})

test('a table has a column for each group, with a mark where real music seldom is', () => {
  const rows = formTable({ scale, all: summarizeForms([{ ...scale, threeClasses: 0.9, endsHeld: true }]) })
  const { low, high } = realForm.threeClasses
  expect(rows.map(({ measure }) => measure)).toEqual(formMeasures)
  expect(rows.find(({ measure }) => measure === 'threeClasses')).toEqual({
    measure: 'threeClasses',
    scale: '0.25 low',
    all: '0.9 high',
    'real music': `${low.toFixed(2)} … ${high.toFixed(2)}`
  })
  expect(rows.find(({ measure }) => measure === 'endsHeld')).toMatchObject({
    ...{ scale: 'no', all: '100 % of pieces' },
    'real music': expect.stringMatching(/^\d+ % of pieces$/)
  })
  expect(rows.find(({ measure }) => measure === 'returnDistance')).toMatchObject({ scale: '–' })
})
