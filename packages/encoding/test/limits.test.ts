import { describe, expect, test } from 'vitest'
import { encode, type MidiWarning, NoNotesError, parseMidi, toText, writeMidi } from '../src/index.js'
import { chunk, header, on } from './bytes.js'
import { score } from './scores.js'

/** A file of one track: a note-on, then the same bytes again and again. */
function crafted(bytes: readonly number[], times: number): Uint8Array {
  const start = [...header(0, 1, 1), ...chunk('MTrk', on(0, 1, 1))]
  const file = new Uint8Array(start.length + bytes.length * times)
  file.set(start)
  for (let at = start.length; at < file.length; at += bytes.length) file.set(bytes, at)
  new DataView(file.buffer).setUint32(18, file.length - 22)
  return file
}

/** The bytes again and again, as often as 4 MiB hold them. */
const many = (bytes: readonly number[]) => crafted(bytes, Math.floor((4 * 2 ** 20 - 26) / bytes.length))

describe('a crafted file does not take long', { timeout: 20_000 }, () => {
  test('of many notes of one pitch that sound at once', () => {
    const bytes = crafted([0, 60, 1], 200_000)
    expect(parseMidi(bytes, { sustain: 'extend' }).notes).toHaveLength(200_001)
    expect(toText(encode(bytes))).toBe('t_120 v_4 d_quarter_0 n_1 n_60 . . . .\n')
  })

  test('of many notes and as many ends', () => {
    const half = 60_000
    const bytes = crafted([0, 60, 1], 2 * half)
    for (let event = half; event < 2 * half; event++) bytes[26 + 3 * event + 2] = 0
    expect(parseMidi(bytes).notes).toHaveLength(half + 1)
  })

  test('of 4.8 MB of honest music', () => {
    expect(parseMidi(crafted([0, 0x90, 60, 64, 1, 0x80, 60, 0], 600_000)).notes).toHaveLength(600_001)
  })

  test.each([
    ['notes', [0, 60, 1], 'maxNotes allows 1000000, got 1000001'],
    ['programs', [0, 0xc0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 'maxEvents allows 1500000, got 1500001'],
    ['tempos', [0, 0xff, 0x51, 3, 1, 1, 1], 'maxEvents allows 500000, got 500001'],
    ['empty texts', [0, 0xff, 1, 0], 'maxEvents allows 1000000, got 1000001'],
    ['empty blocks of data', [0, 0xf0, 0], 'maxEvents allows 1300000, got 1300001']
  ])('of nothing but %s', (_, bytes, message) => {
    const maxEvents = Number(/allows (\d+)/.exec(message)![1])
    expect(() =>
      parseMidi(many(bytes), { maxEvents: message.startsWith('maxNotes') ? 4e6 : maxEvents })
    ).toThrow(message)
  })

  test.each([
    ['a number without an end', [0x80], 'MIDI_TRUNCATED'],
    ['a number of ones without an end', [0xff], 'MIDI_NUMBER'],
    ['lengths that overflow', [0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0x7f], 'MIDI_NUMBER'],
    ['lengths that would lead back', [0, 0xf0, 0x8f, 0xff, 0xff, 0xff, 0x70], 'MIDI_NUMBER'],
    ['texts of huge lengths', [0, 0xff, 1, 0xff, 0xff, 0xff, 0x7f], 'MIDI_TRUNCATED'],
    ['ends of track of huge lengths', [0, 0xff, 0x2f, 0xff, 0xff, 0xff, 0x7f], 'MIDI_TRUNCATED']
  ])('of %s', (_, bytes, code) => {
    const warnings: MidiWarning[] = []
    expect(parseMidi(many(bytes), { onWarning: warning => warnings.push(warning) }).notes).toHaveLength(1)
    expect(warnings.map(warning => warning.code)).toEqual([code])
  })

  test('of a million defects, with a thousand warnings and one that counts the rest', () => {
    const warnings: MidiWarning[] = []
    parseMidi(crafted([0, 0xf8], 1_000_000), { onWarning: warning => warnings.push(warning) })
    expect(warnings).toHaveLength(1001)
    expect(warnings[0]).toEqual({
      code: 'MIDI_SYSTEM_BYTE',
      message: 'track 1: expected no status 0xf8 at byte 27; skipped',
      track: 1,
      offset: 27,
      bytes: 'f800f800f800f800'
    })
    expect(warnings[1000]).toEqual({
      code: 'MIDI_SYSTEM_BYTE',
      message: 'track 1: 999000 more of MIDI_SYSTEM_BYTE, the first at byte 2027',
      track: 1,
      offset: 2027,
      bytes: 'f800f800f800f800',
      omitted: 999_000
    })
  })

  test.each([
    ['every track claims all the rest', 0x7fffffff],
    ['every track claims the next ones', 16 * 2000]
  ])('of 30,000 tracks where %s', (_, length) => {
    const lying = Uint8Array.from(chunk('MTrk', [0, 0x90, 60, 1, 0, 0x80, 60, 0]))
    new DataView(lying.buffer).setUint32(4, length)
    const bytes = new Uint8Array(14 + 30_000 * lying.length)
    bytes.set(header(1, 30_000, 96))
    for (let track = 0; track < 30_000; track++) bytes.set(lying, 14 + track * lying.length)
    expect(parseMidi(bytes).notes.length).toBeGreaterThan(0)
  })

  test('of 65,535 empty tracks', () => {
    const tracks = Array.from({ length: 65_535 }, () => chunk('MTrk', [])).flat()
    expect(() => parseMidi(Uint8Array.from([...header(1, 65_535, 1), ...tracks]))).toThrow(NoNotesError)
  })

  test('larger than 32 MiB', () => {
    const bytes = new Uint8Array(32 * 2 ** 20 + 1)
    expect(() => parseMidi(bytes)).toThrow('parseMidi: maxBytes allows 33554432, got 33554433')
  })

  test('whose one note stands at the end of time', () => {
    const late = score([{ startTick: 2 ** 27, durationTicks: 1 }], { ticksPerQuarter: 1 })
    expect(() => encode(late)).toThrow('encode: maxSteps allows 1048576, got 536870916')
  })

  test('nor does a score of notes nested in each other', () => {
    const count = 3000
    const nested = score(
      Array.from({ length: count }, (_, index) => ({ startTick: index, durationTicks: 2 * (count - index) }))
    )
    expect(parseMidi(writeMidi(nested)).notes).toEqual(nested.notes)
  })
})
