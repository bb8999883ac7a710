import { expect, test } from 'vitest'
import { countHeard, type HearableNote, heardNotes, pitchedNotes } from './heard-notes.js'
import type { Note } from './types.js'

/** A note whose times are in quarters of 480 ticks. */
function note(pitch: number, start: number, length: number, velocity = 64): HearableNote {
  return { pitch, velocity, startTick: start * 480, durationTicks: length * 480 }
}

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

test('percussion is no pitched note; unisons count once', () => {
  const fields = { velocity: 64, startTick: 0, durationTicks: 10, program: 0 }
  const notes: Note[] = [
    { ...fields, pitch: 60, channel: 0 },
    { ...fields, pitch: 60, channel: 1 },
    { ...fields, pitch: 36, channel: 9 }
  ]
  expect(pitchedNotes({ notes })).toEqual(notes.slice(0, 2))
  expect(countHeard({ notes })).toBe(1)
})
