import { describe, expect, test } from 'vitest'
import { line, ticksPerQuarter, tune } from '../../test/phrases.js'
import { NoNotesError } from '../errors.js'
import type { DescribedNote } from '../types.js'
import { copied, runsOf } from './copied.js'

const piece = (notes: readonly DescribedNote[], quarter = ticksPerQuarter) => ({
  ticksPerQuarter: quarter,
  notes: notes.map(note => ({
    ...note,
    startTick: (note.startTick * quarter) / ticksPerQuarter,
    durationTicks: Math.max(1, (note.durationTicks * quarter) / ticksPerQuarter)
  }))
})
const theme = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81]
const music = piece(line(theme, 0.5))

describe('copied', () => {
  test('finds runs of 12 notes in another key, place and resolution', () => {
    const index = runsOf([music])
    expect(index.size).toBe(2)
    expect(copied(music, index)).toBe(1)
    const moved = line(
      theme.map(pitch => pitch - 5),
      0.5,
      7
    )
    expect(copied(piece(moved, 96), index)).toBe(1)
  })

  test('is the share of the runs that stand in the music', () => {
    // Two more notes make two more runs, both new.
    expect(copied(piece(line([...theme, 60, 61], 0.5)), runsOf([music]))).toBe(2 / 4)
  })

  test('tells a changed interval and a changed step', () => {
    const index = runsOf([music])
    const sharp = theme.with(6, 70)
    expect(copied(piece(line(sharp, 0.5)), index)).toBe(0)
    expect(copied(piece(line(theme, 0.25)), index)).toBe(0)
  })

  test('is 0 for a piece of fewer notes', () => {
    expect(copied(piece(tune), runsOf([piece(tune)]))).toBe(0)
    expect(() => copied(piece([]), new Set())).toThrow(NoNotesError)
  })
})
