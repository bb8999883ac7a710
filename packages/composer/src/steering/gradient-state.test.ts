import { expect, test } from 'vitest'
import { parseGradientState } from './gradient-state.js'

const state = { step: 2, offsets: [0.5, -1], first: [0, 1e-9], second: [0, 2], random: [1, -2, 3, 4] }

test('reads back what a search wrote', () => {
  expect(parseGradientState(JSON.stringify(state))).toEqual(state)
})

test.each([
  ['{', 'is not JSON'],
  [JSON.stringify({ ...state, offsets: undefined }), 'offsets is missing'],
  [JSON.stringify({ ...state, first: [0, null] }), 'first[1] expected number, got null'],
  [JSON.stringify({ ...state, step: 0.5 }), 'step expected integer, got 0.5'],
  [JSON.stringify({ ...state, random: ['1'] }), 'random[0] expected number']
])('what is damaged is named: %s', (text, problem) => {
  expect(() => parseGradientState(text)).toThrow(problem)
})
