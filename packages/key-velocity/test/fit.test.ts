import tone from '@tonejs/midi'
import { parseMidi, type Score, writeMidi } from '@vgm/encoding'
import { expect, expectTypeOf, test } from 'vitest'
import {
  countVelocityClasses,
  estimateKey,
  estimateKeyWindows,
  type NoteSource,
  pitchClassHistogram,
  velocityLabels
} from '../src/index.js'
import { line } from './notes.js'

const score: Score = {
  ticksPerQuarter: 480,
  notes: line([57, 59, 60, 62, 64, 65, 68, 69]).map((note, index) => ({
    ...note,
    velocity: 20 + 15 * index,
    channel: 0,
    program: 0
  })),
  tempos: [{ tick: 0, tempoBpm: 120 }],
  timeSignatures: [{ tick: 0, numerator: 4, denominator: 4 }],
  keySignatures: []
}
const bytes = writeMidi(score)
const track = new tone.Midi(bytes).tracks.find(({ notes }) => notes.length > 0)!

test('a Score of @vgm/encoding fits as it is, and so do its notes', () => {
  expectTypeOf<Score>().toExtend<NoteSource>()
  expectTypeOf<Score['notes']>().toExtend<NoteSource>()
  const parsed = parseMidi(bytes)
  expect(estimateKey(parsed).name).toBe('A minor')
  expect(estimateKey(parsed.notes)).toEqual(estimateKey(parsed))
  expect(estimateKeyWindows(parsed, parsed)).toHaveLength(2)
})

test('a track of @tonejs/midi fits as it is, so do its notes, and the labels are the same', () => {
  expectTypeOf<tone.Track>().toExtend<NoteSource>()
  expectTypeOf<tone.Track['notes']>().toExtend<NoteSource>()
  expect(estimateKey(track)).toEqual(estimateKey(score))
  expect(estimateKey(track.notes)).toEqual(estimateKey(score))
  expect(pitchClassHistogram(track)).toEqual(pitchClassHistogram(score))
  expect(velocityLabels(track)).toEqual(velocityLabels(score))
  expect(countVelocityClasses(track)).toEqual({ pp: 1, p: 1, mp: 1, mf: 1, f: 2, ff: 2 })
  expect(estimateKeyWindows(track, score)).toEqual(estimateKeyWindows(score, score))
})

test('the percussion of @tonejs/midi, whose channel is its track’s, does not count', () => {
  expect(() => estimateKey({ notes: track.notes, channel: 9 })).toThrow('got only 8 of percussion')
})
