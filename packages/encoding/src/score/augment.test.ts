import { InvalidOptionError } from '@vgm/base'
import { describe, expect, test } from 'vitest'
import { score } from '../../test/scores.js'
import { augment, augmentations, stretch, transpose } from './augment.js'
import type { Score } from './types.js'

const pitches = (piece: Score) => piece.notes.map(note => note.pitch)

describe('transpose', () => {
  test('moves pitches and leaves all else', () => {
    const piece = score([{ pitch: 60, velocity: 99, program: 5 }, { pitch: 64 }])
    expect(transpose(piece, -4)).toEqual(score([{ pitch: 56, velocity: 99, program: 5 }, { pitch: 60 }]))
    expect(pitches(piece)).toEqual([60, 64])
  })

  test('folds pitches that leave the keyboard by octaves, and keeps notes in order', () => {
    const piece = score([{ pitch: 120 }, { pitch: 124 }, { pitch: 127 }])
    expect(pitches(transpose(piece, 4))).toEqual([116, 119, 124])
    expect(pitches(transpose(score([{ pitch: 0 }, { pitch: 5 }]), -4))).toEqual([1, 8])
    expect(pitches(transpose(score([{ pitch: 1 }]), -40))).toEqual([9])
  })

  test('leaves percussion, whose pitches name instruments', () => {
    expect(pitches(transpose(score([{ pitch: 36, channel: 9 }, { pitch: 60 }]), 3))).toEqual([36, 63])
  })

  test('refuses half tones that are no integers', () => {
    expect(() => transpose(score([{}]), 0.5)).toThrow('transpose: semitones expected an integer, got 0.5')
  })
})

describe('stretch', () => {
  test('multiplies every tempo and moves no note', () => {
    const tempos = [
      { tick: 0, tempoBpm: 100 },
      { tick: 480, tempoBpm: 60 }
    ]
    const piece = score([{}, { startTick: 960 }], { tempos })
    const faster = stretch(piece, 1.05)
    expect(faster.tempos).toEqual([
      { tick: 0, tempoBpm: 105 },
      { tick: 480, tempoBpm: 63 }
    ])
    expect(faster.notes).toEqual(piece.notes)
  })

  test.each([0, -1, Number.NaN, Infinity])('refuses %f', factor => {
    expect(() => stretch(score([{}]), factor)).toThrow(InvalidOptionError)
  })
})

describe('augment', () => {
  test('does nothing by default', () => {
    const piece = score([{}])
    expect(augment(piece, {})).toEqual(piece)
  })

  test('is one after the other, in either order', () => {
    const piece = score([{ pitch: 126 }, { pitch: 3 }])
    const both = augment(piece, { semitones: 3, tempoFactor: 0.975 })
    expect(both).toEqual(stretch(transpose(piece, 3), 0.975))
    expect(both).toEqual(transpose(stretch(piece, 0.975), 3))
  })
})

describe('augmentations', () => {
  test('are the 45 of the paper, each once, the piece itself among them', () => {
    const piece = score([{}])
    const all = [...augmentations(piece)]
    expect(all).toHaveLength(45)
    expect(
      new Set(all.map(({ score: { notes, tempos } }) => `${notes[0]!.pitch} ${tempos[0]!.tempoBpm}`)).size
    ).toBe(45)
    expect(all[0]!.score).toEqual(augment(piece, { semitones: -4, tempoFactor: 0.95 }))
    expect(all.filter(one => one.semitones === 0 && one.tempoFactor === 1).map(one => one.score)).toEqual([
      piece
    ])
  })

  test('are made one by one, when asked for', () => {
    let reads = 0
    const piece: Score = {
      ...score([{}]),
      get notes() {
        reads++
        return score([{}]).notes
      }
    }
    const variants = augmentations(piece)
    expect(reads).toBe(0)
    variants.next()
    const afterFirst = reads
    variants.next()
    expect(afterFirst).toBeGreaterThan(0)
    for (let rest = 0; rest < 3; rest++) variants.next()
    expect(reads).toBe(afterFirst)
    variants.next()
    expect(reads).toBeGreaterThan(afterFirst)
  })
})
