import { expect, test } from 'vitest'
import { line } from '../test/notes.js'
import { NoNotesError } from './errors.js'
import { estimateKey } from './estimate-key.js'
import { labelNotes } from './label-notes.js'

const velocities = [31, 32, 100, 64, 95, 47, 80, 127]
const notes = line([60, 62, 64, 65, 67, 69, 71, 72]).map((note, index) => ({
  ...note,
  velocity: velocities[index]!,
  channel: index === 2 ? 9 : 0
}))

test('labels the key and the pitched notes, each with all that it had', () => {
  const labels = labelNotes({ notes })
  const { alternatives: _, ...key } = estimateKey(notes)
  expect(labels.key).toEqual(key)
  expect(labels.velocities).toEqual({ pp: 1, p: 2, mp: 0, mf: 1, f: 2, ff: 1 })
  const classes = ['pp', 'p', 'mf', 'f', 'p', 'f', 'ff']
  const pitched = notes.filter(({ channel }) => channel === 0)
  expect(labels.notes).toEqual(pitched.map((note, index) => ({ ...note, velocityClass: classes[index] })))
})

test('the profile is the one that is asked for', () => {
  const profile = 'temperley'
  expect(labelNotes({ notes }, { profile }).key.correlation).toBe(estimateKey(notes, { profile }).correlation)
})

test('refuses percussion alone', () => {
  const drums = notes.map(note => ({ ...note, channel: 9 }))
  expect(() => labelNotes({ notes: drums })).toThrow(NoNotesError)
})
