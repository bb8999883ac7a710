import { describe, expect, test } from 'vitest'
import { encode, NoNotesError, parseMidi, toText, writeMidi } from '../src/index.js'
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

/** The largest file that is read by default. */
const largest = (bytes: readonly number[]) => crafted(bytes, Math.floor((4 * 2 ** 20 - 26) / bytes.length))

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

  test('of more events than allowed', () => {
    expect(() => parseMidi(crafted([0, 60, 1], 1_000_001))).toThrow(
      'parseMidi: maxEvents allows 1000000, got 1000001'
    )
  })

  test.each([
    ['notes', [0, 60, 1]],
    ['programs', [0, 0xc0, 1, 0, 1, 0, 1, 0, 1]],
    ['empty texts', [0, 0xff, 1, 0]],
    ['empty blocks of data', [0, 0xf0, 0]]
  ])('of nothing but %s', (_, bytes) => {
    expect(() => parseMidi(largest(bytes))).toThrow('parseMidi: maxEvents allows 1000000, got 1000001')
  })

  test.each([
    ['a number without an end', [0x80], 'the last event runs past the end of the track'],
    ['a number of ones without an end', [0xff], 'the last event runs past the end of the track'],
    ['lengths that overflow', [0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0x7f], 'got -1 at byte 33'],
    ['lengths that lead back', [0, 0xf0, 0x8f, 0xff, 0xff, 0xff, 0x70], 'got -16 at byte 33'],
    ['texts of huge lengths', [0, 0xff, 1, 0xff, 0xff, 0xff, 0x7f], 'got 268435455 at byte 33'],
    ['ends of track of huge lengths', [0, 0xff, 0x2f, 0xff, 0xff, 0xff, 0x7f], 'is 0, got 268435455']
  ])('of %s', (_, bytes, message) => {
    expect(() => parseMidi(largest(bytes))).toThrow(message)
  })

  test('of 65,535 empty tracks', () => {
    const tracks = Array.from({ length: 65_535 }, () => chunk('MTrk', [])).flat()
    expect(() => parseMidi(Uint8Array.from([...header(1, 65_535, 1), ...tracks]))).toThrow(NoNotesError)
  })

  test('larger than 4 MiB', () => {
    expect(() => parseMidi(crafted([0], 4 * 2 ** 20))).toThrow(
      'parseMidi: maxBytes allows 4194304, got 4194330'
    )
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
