import { Chord, Note } from 'tonal'
import { expect, describe as group, test } from 'vitest'
import { score } from '../../test/scores.js'
import { chordIndex, chordNames, describe, transposeChord } from './index.js'

/** The chord of pitches that sound for a half note, or for so many ticks. */
function chordOf(...pitches: readonly (number | [pitch: number, ticks: number])[]) {
  const notes = pitches.map(one => (typeof one === 'number' ? ([one, 960] as const) : one))
  const { bars } = describe(score(notes.map(([pitch, durationTicks]) => ({ pitch, durationTicks }))))
  return bars[0]!.chords![0]
}

/** The pitch classes of a chord by tonal. */
const pitchClasses = (name: string) => Chord.get(name).notes.map(each => Note.chroma(each)!)

test('the names are those of tonal: 12 major triads, then 12 minor ones', () => {
  expect(chordNames).toHaveLength(24)
  for (const [index, name] of chordNames.entries()) {
    const [root, third] = [index % 12, index < 12 ? 4 : 3]
    expect(pitchClasses(name)).toEqual([root, (root + third) % 12, (root + 7) % 12])
    expect(chordIndex(name)).toBe(index)
  }
  for (const name of ['', 'H', 'C7', 'Cmaj']) expect(chordIndex(name)).toBeUndefined()
})

test('all 24 triads are found in every inversion', () => {
  for (const name of chordNames) {
    const [root, third, fifth] = pitchClasses(name).map(pitch => 60 + pitch) as [number, number, number]
    for (const tones of [
      [root, third, fifth],
      [third - 12, fifth, root],
      [fifth - 12, root, third]
    ]) {
      expect(chordOf(...tones), name).toBe(name)
    }
  }
})

test('a passing note does not hide a chord; a long one counts', () => {
  expect(chordOf(60, 64, 67, [62, 120])).toBe('C')
  expect(chordOf(57, 60, 64, [67, 120])).toBe('Am')
  expect(chordOf([57, 120], 60, 64, 67)).toBe('C')
})

test('the bass decides between equals', () => {
  expect(chordOf(57, 60, 64, 67)).toBe('Am')
  expect(chordOf(48, 57, 64, 67)).toBe('C')
})

group('where a third is missing', () => {
  test('major comes first', () => {
    expect(chordOf(60, 67)).toBe('C')
  })
  test('the rest of the piece decides', () => {
    const later = { startTick: 1920, durationTicks: 960 }
    const { bars } = describe(
      score([
        { pitch: 60, durationTicks: 960 },
        { pitch: 67, durationTicks: 960 },
        { pitch: 63, ...later }
      ])
    )
    expect(bars[0]!.chords).toEqual(['Cm', null])
  })
})

test('one pitch class, a cluster and an augmented triad are no chord', () => {
  expect(chordOf(60, 72)).toBeNull()
  expect(chordOf(60, 61, 62, 63, 64)).toBeNull()
  expect(chordOf(60, 64, 68)).toBeNull()
})

test('a transposed chord has the pitch classes of its own moved', () => {
  for (const name of chordNames) {
    for (const by of [-25, -1, 0, 5, 12]) {
      const moved = pitchClasses(name).map(pitch => (pitch + by + 36) % 12)
      expect(pitchClasses(transposeChord(name, by))).toEqual(moved)
    }
  }
})
