import { describe, expect, test } from 'vitest'
import { chunk, file, header, off, on, program, tempo, track } from '../../test/bytes.js'
import type { Score } from '../score/types.js'
import { parseMidi } from './parse-midi.js'

/** The notes as `[pitch, startTick, durationTicks]`. */
const spans = (score: Score) =>
  score.notes.map(({ pitch, startTick, durationTicks }) => [pitch, startTick, durationTicks])

describe('parseMidi', () => {
  test('reads a file of format 0 with every field of its notes and signatures', () => {
    const events = [
      [0, 0xff, 0x58, 4, 6, 3, 24, 8],
      [0, 0xff, 0x59, 2, 0xfd, 1],
      tempo(0, 600_000),
      program(0, 40, 2),
      on(10, 60, 100, 2),
      off(20, 60, 2)
    ]
    expect(parseMidi(file([track(events)], 0))).toEqual({
      ticksPerQuarter: 96,
      notes: [{ pitch: 60, velocity: 100, startTick: 10, durationTicks: 20, channel: 2, program: 40 }],
      tempos: [{ tick: 0, tempoBpm: 100 }],
      timeSignatures: [{ tick: 0, numerator: 6, denominator: 8 }],
      keySignatures: [{ tick: 0, fifths: -3, mode: 'minor' }]
    })
  })

  test('merges the tracks of format 1 in time', () => {
    const score = parseMidi(file([track([on(10, 64), off(5, 64)]), track([on(0, 60), off(20, 60)])]))
    expect(spans(score)).toEqual([
      [60, 0, 20],
      [64, 10, 5]
    ])
  })

  test('plays the patterns of format 2 one after the other, each at 120 bpm until it says otherwise', () => {
    const patterns = [
      track([tempo(0, 400_000), program(0, 7), on(0, 60), off(10, 60)], 38),
      track([on(4, 62)], 6)
    ]
    const score = parseMidi(file(patterns, 2))
    expect(spans(score)).toEqual([
      [60, 0, 10],
      [62, 52, 6]
    ])
    expect(score.notes.map(note => note.program)).toEqual([7, 0])
    expect(score.tempos).toEqual([
      { tick: 0, tempoBpm: 150 },
      { tick: 48, tempoBpm: 120 }
    ])
  })

  test('follows running status, also after a meta event, and takes velocity 0 as a note-off', () => {
    const events = [on(0, 60), [5, 64, 70], [5, 60, 0], tempo(0, 500_000), [2, 64, 0]]
    const score = parseMidi(file([track(events)]))
    expect(spans(score)).toEqual([
      [60, 0, 10],
      [64, 5, 7]
    ])
  })

  test('ends the first of several sounding notes of one pitch first, per track and channel', () => {
    const one = track([
      on(0, 60, 10),
      on(10, 60, 20),
      on(0, 60, 30, 1),
      off(10, 60),
      off(10, 60),
      off(10, 60, 1)
    ])
    const two = track([on(0, 60, 40), off(90, 60)])
    const score = parseMidi(file([one, two]))
    expect(score.notes.map(note => [note.velocity, note.startTick, note.durationTicks])).toEqual([
      [10, 0, 20],
      [40, 0, 90],
      [20, 10, 20],
      [30, 10, 30]
    ])
  })

  test("closes a note that never ends at its track's end", () => {
    const score = parseMidi(file([track([on(0, 60), on(10, 62)], 90), track([on(5, 64)], 15)]))
    expect(spans(score)).toEqual([
      [60, 0, 100],
      [64, 5, 15],
      [62, 10, 90]
    ])
  })

  test('gives a note of no length one tick and ignores a note-off without a note', () => {
    expect(spans(parseMidi(file([track([off(1, 60), on(1, 60), off(0, 60), off(3, 60)])])))).toEqual([
      [60, 2, 1]
    ])
  })

  test('takes programs from any track, per channel', () => {
    const score = parseMidi(
      file([
        track([program(0, 12), program(0, 34, 1), program(50, 56)]),
        track([on(0, 60), off(10, 60), on(10, 62, 64, 1), off(10, 62, 1), on(30, 64), off(10, 64)])
      ])
    )
    expect(score.notes.map(note => note.program)).toEqual([12, 34, 56])
  })

  test('takes tempos and signatures from any track, the last of several at one tick', () => {
    const score = parseMidi(
      file([
        track([tempo(10, 500_000), tempo(0, 600_000), [0, 0xff, 0x59, 2, 1, 0], [5, 0xff, 0x59, 2, 2, 0]]),
        track([
          on(0, 60),
          tempo(10, 750_000),
          [5, 0xff, 0x58, 4, 3, 2, 24, 8],
          [0, 0xff, 0x58, 4, 2, 1, 24, 8]
        ])
      ])
    )
    expect(score.tempos).toEqual([
      { tick: 0, tempoBpm: 120 },
      { tick: 10, tempoBpm: 80 }
    ])
    expect(score.timeSignatures).toEqual([{ tick: 15, numerator: 2, denominator: 2 }])
    expect(score.keySignatures.map(key => [key.tick, key.fifths])).toEqual([
      [10, 1],
      [15, 2]
    ])
  })

  test.each([
    ['25 frames of 40 ticks', 0xe728, 1000],
    ['24 frames of 80 ticks', 0xe850, 1920],
    ['30 frames of 100 ticks', 0xe264, 3000],
    ['25 frames of 1 tick', 0xe701, 25],
    ['29.97 frames of 80 ticks', 0xe350, 2400 / 1.001],
    ['29.97 frames of 1 tick', 0xe301, 30 / 1.001]
  ])('keeps the seconds of SMPTE time: %s', (_, division, ticksPerSecond) => {
    const events = [tempo(0, 250_000), on(100, 60), off(37, 60)]
    const { notes, tempos, ticksPerQuarter } = parseMidi(file([track(events)], 1, division))
    expect(tempos).toHaveLength(1)
    const seconds = (ticks: number) => ((ticks / ticksPerQuarter) * 60) / tempos[0]!.tempoBpm
    expect(Number.isInteger(ticksPerQuarter)).toBe(true)
    expect(seconds(notes[0]!.startTick)).toBeCloseTo(100 / ticksPerSecond, 12)
    expect(seconds(notes[0]!.durationTicks)).toBeCloseTo(37 / ticksPerSecond, 12)
  })

  test('leaves percussion out unless it is asked for', () => {
    const bytes = file([track([on(0, 36, 64, 9), on(0, 60), off(5, 36, 9), off(5, 60)])])
    expect(spans(parseMidi(bytes))).toEqual([[60, 0, 10]])
    expect(spans(parseMidi(bytes, { includePercussion: true }))).toEqual([
      [36, 0, 5],
      [60, 0, 10]
    ])
  })

  test('skips chunks that are no tracks, a longer header, events of no use and bytes after the last track', () => {
    const noise = [
      [0, 0xf0, 3, 1, 2, 0xf7],
      [0, 0xff, 0x01, 2, 104, 105],
      [0, 0xff, 0x00, 2, 0, 7],
      [0, 0xe0, 0, 64],
      [0, 0xd0, 5],
      [0, 0xa0, 60, 5],
      [0, 0xff, 0x58, 4, 0, 2, 24, 8],
      [0, 0xff, 0x59, 2, 9, 0]
    ]
    const bytes = Uint8Array.from([
      ...chunk('MThd', [0, 1, 0, 1, 0, 96, 7, 7]),
      ...chunk('XFIH', [1, 2, 3]),
      ...track([...noise, on(0, 60), off(5, 60), [0, 0xff, 0x2f, 0], on(0, 99)]),
      1,
      2,
      3
    ])
    const score = parseMidi(bytes)
    expect(spans(score)).toEqual([[60, 0, 5]])
    expect(score.timeSignatures).toEqual([])
    expect(score.keySignatures).toEqual([])
  })

  test('reads bytes that lie within a larger buffer', () => {
    const bytes = file([track([on(0, 60), off(5, 60)])])
    const larger = new Uint8Array(bytes.length + 20)
    larger.set(bytes, 13)
    expect(parseMidi(larger.subarray(13, 13 + bytes.length))).toEqual(parseMidi(bytes))
  })

  test('takes a velocity above 127 as 127, as files in use have it', () => {
    expect(parseMidi(file([track([on(0, 60, 255), off(5, 60)])])).notes[0]!.velocity).toBe(127)
  })

  test('reads texts of any length', () => {
    const length = 300_000
    const text = [0, 0xff, 0x01, 0x80 | (length >> 14), 0x80 | ((length >> 7) & 0x7f), length & 0x7f]
    const letters = Array.from({ length }, () => 0x90)
    expect(spans(parseMidi(file([track([text, letters, on(0, 60), off(5, 60)])])))).toEqual([[60, 0, 5]])
  })

  test('reads a track without an end event', () => {
    const bytes = Uint8Array.from([...header(0, 1, 96), ...chunk('MTrk', [...on(0, 60), ...off(7, 60)])])
    expect(spans(parseMidi(bytes))).toEqual([[60, 0, 7]])
  })
})
