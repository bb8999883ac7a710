import { expect, test } from 'vitest'
import { line } from '../test/notes.js'
import { pitchClassHistogram } from './histogram.js'

test('sums the lengths of each pitch class over octaves and voices, without percussion', () => {
  const notes = [...line([48, 60, 67], 480), ...line([72], 120), { ...line([61])[0]!, channel: 9 }]
  expect(pitchClassHistogram(notes)).toEqual(Float64Array.of(1080, 0, 0, 0, 0, 0, 0, 480, 0, 0, 0, 0))
})

test('is all zero where nothing sounds', () => {
  expect(pitchClassHistogram([])).toEqual(new Float64Array(12))
})
