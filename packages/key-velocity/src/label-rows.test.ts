import { expect, test } from 'vitest'
import { line } from '../test/notes.js'
import { labelNotes } from './label-notes.js'
import { labelRow, noteRows } from './label-rows.js'

const notes = line([60, 62, 64, 65, 67, 69, 71, 72]).map((note, index) => ({
  ...note,
  velocity: 40 + 8 * index
}))
const labels = labelNotes({ notes })

test('a row has the key and the number of notes of each class', () => {
  expect(labelRow(labels)).toEqual({
    ...{ tonic: 'C', mode: 'major', keyIndex: 0, correlation: labels.key.correlation.toFixed(4) },
    ...{ notes: 8, pp: 0, p: 1, mp: 2, mf: 2, f: 2, ff: 1 }
  })
})

test('a row per note has its place and its class', () => {
  const { startTick, durationTicks } = notes[1]!
  expect(noteRows(labels)).toHaveLength(8)
  expect(noteRows(labels)[1]).toEqual({
    startTick,
    durationTicks,
    pitch: 62,
    velocity: 48,
    velocityClass: 'mp'
  })
})
