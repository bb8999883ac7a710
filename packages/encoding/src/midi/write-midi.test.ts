import { describe, expect, test } from 'vitest'
import { chunk, header, on, track } from '../../test/bytes.js'
import { score } from '../../test/scores.js'
import { InvalidScoreError } from '../errors.js'
import type { Score } from '../score/types.js'
import { parseMidi } from './parse-midi.js'
import { writeMidi } from './write-midi.js'

const end = [0, 0xff, 0x2f, 0]
const rewritten = (piece: Score) => parseMidi(writeMidi(piece), { includePercussion: true })

describe('writeMidi', () => {
  test('writes format 1: one track of tempos and signatures, then one per channel', () => {
    const piece = score(
      [
        { durationTicks: 10, program: 3 },
        { channel: 2, startTick: 200, durationTicks: 1, velocity: 127 }
      ],
      {
        tempos: [{ tick: 0, tempoBpm: 100 }],
        timeSignatures: [{ tick: 0, numerator: 3, denominator: 4 }],
        keySignatures: [{ tick: 5, fifths: -2, mode: 'minor' }]
      }
    )
    const time = [0, 0xff, 0x58, 4, 3, 2, 24, 8]
    const changes = [...time, 0, 0xff, 0x51, 3, 0x09, 0x27, 0xc0, 5, 0xff, 0x59, 2, 0xfe, 1]
    const first = [0, 0xc0, 3, 0, 0x90, 60, 64, 10, 0x80, 60, 64]
    const second = [0x81, 0x48, 0xc2, 0, 0, 0x92, 60, 127, 1, 0x82, 60, 64]
    expect([...writeMidi(piece)]).toEqual([
      ...header(1, 3, 480),
      ...[changes, first, second].flatMap(events => chunk('MTrk', [...events, ...end]))
    ])
  })

  test('writes tracks of any length', () => {
    const notes = Array.from({ length: 1000 }, (_, index) => ({ startTick: 300 * index, durationTicks: 200 }))
    const first = [0, 0xc0, 0, 0, 0x90, 60, 64, 0x81, 0x48, 0x80, 60, 64]
    const other = [100, 0x90, 60, 64, 0x81, 0x48, 0x80, 60, 64]
    const rest = notes.slice(1).flatMap(() => other)
    expect([...writeMidi(score(notes))]).toEqual([
      ...header(1, 2, 480),
      ...chunk('MTrk', [0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20, ...end]),
      ...chunk('MTrk', [...first, ...rest, ...end])
    ])
  })

  test('ends a note before its pitch is struck again at the same tick', () => {
    const piece = score([{ durationTicks: 100 }, { startTick: 100, durationTicks: 50 }])
    const bytes = writeMidi(piece)
    expect(bytes[11]).toBe(2)
    expect(rewritten(piece)).toEqual(piece)
  })

  test('keeps the lengths of a note and of a shorter one struck while it sounds, in a track of its own', () => {
    const piece = score([
      { durationTicks: 1000 },
      { startTick: 100, durationTicks: 50 },
      { startTick: 120, durationTicks: 900 }
    ])
    expect(writeMidi(piece)[11]).toBe(3)
    expect(rewritten(piece)).toEqual(piece)
  })

  test('changes programs where the notes do, over all tracks of a channel', () => {
    const piece = score([
      { program: 1, durationTicks: 900 },
      { pitch: 62, program: 2 },
      { startTick: 10, program: 3, durationTicks: 20 },
      { startTick: 10, program: 1, channel: 1 },
      { startTick: 15, program: 1, durationTicks: 900 }
    ])
    expect(rewritten(piece)).toEqual(piece)
  })

  test('rounds a tempo to the microsecond', () => {
    const [first] = rewritten(score([{}], { tempos: [{ tick: 0, tempoBpm: 28 }] })).tempos
    expect(first!.tempoBpm).toBe(60e6 / 2_142_857)
  })

  test('takes notes in any order', () => {
    const piece = score([{ startTick: 10 }, { startTick: 0 }])
    expect(rewritten(piece).notes).toEqual([...piece.notes].reverse())
  })

  test('writes the latest tick that it takes, with fillers where the time between two events is too long', () => {
    const late = score([
      { startTick: 10, durationTicks: 2 ** 32 - 20 },
      { startTick: 2 ** 32 - 2, durationTicks: 1 }
    ])
    expect(rewritten(late)).toEqual(late)
    const bytes = Uint8Array.from([...header(1, 1, 96), ...track([on(0, 60)])])
    expect(rewritten(parseMidi(bytes))).toEqual(parseMidi(bytes))
  })

  const tempo = { tick: 0, tempoBpm: 120 }
  test.each<[string, Partial<Score>]>([
    ['ticksPerQuarter', { ticksPerQuarter: 32768 }],
    ['notes[1].pitch', score([{}, { pitch: 128 }])],
    ['notes[0].velocity', score([{ velocity: 0 }])],
    ['notes[0].startTick', score([{ startTick: 1.5 }])],
    ['notes[0].durationTicks', score([{ durationTicks: 0 }])],
    ['notes[0].durationTicks', score([{ startTick: 2 ** 32 - 1, durationTicks: 1 }])],
    ['notes[0].channel', score([{ channel: 16 }])],
    ['notes[0].program', score([{ program: Number.NaN }])],
    ['tempos[0].tick', { tempos: [] }],
    ['tempos[0].tick', { tempos: [{ tick: 1, tempoBpm: 120 }] }],
    ['tempos[1].tick', { tempos: [tempo, tempo] }],
    ['tempos[0].tempoBpm', { tempos: [{ tick: 0, tempoBpm: 3.5 }] }],
    ['tempos[0].tempoBpm', { tempos: [{ tick: 0, tempoBpm: 0 }] }],
    ['timeSignatures[0].numerator', { timeSignatures: [{ tick: 0, numerator: 0, denominator: 4 }] }],
    ['timeSignatures[0].denominator', { timeSignatures: [{ tick: 0, numerator: 4, denominator: 6 }] }],
    ['keySignatures[0].fifths', { keySignatures: [{ tick: 0, fifths: 8, mode: 'major' }] }]
  ])('refuses a score whose %s is out of range', (path, fields) => {
    try {
      writeMidi(score([{}], fields))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidScoreError)
      expect(error).toMatchObject({ code: 'INVALID_SCORE', path })
      expect((error as Error).message).toContain(`writeMidi: ${path} expected `)
    }
  })
})
