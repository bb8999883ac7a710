import { expect, test } from 'vitest'
import { note } from '../../../features/test/phrases.js'
import { heardNotes } from './heard-notes.js'

test('of a unison the longest note is heard, of equally long ones the loudest', () => {
  const short = note(60, 0, 0.5, 120)
  const quiet = note(60, 0, 1, 50)
  const loud = { ...note(60, 0, 1, 90), channel: 3 }
  expect(heardNotes([short, loud, quiet])).toEqual([loud])
  expect(heardNotes([quiet, short])).toEqual([quiet])
})

test('other pitches and other onsets stay, in their order; percussion does not', () => {
  const chord = [note(60, 0, 1), note(64, 0, 1), note(60, 1 / 480, 1)]
  const drum = { ...note(36, 0, 1), channel: 9 }
  const [low, high, later] = chord
  expect(heardNotes([later!, drum, high!, low!])).toEqual([low, high, later])
  expect(heardNotes([drum])).toEqual([])
})
