import { describe, expect, test } from 'vitest'
import { chunk, file, header, off, on, tempo, track } from '../test/bytes.js'
import {
  EncodingError,
  LimitError,
  MidiEventError,
  MidiHeaderError,
  NoNotesError,
  TruncatedMidiError
} from './errors.js'
import { type ParseOptions, parseMidi } from './parse-midi.js'

function errorOf(bytes: readonly number[] | Uint8Array, options?: ParseOptions): EncodingError {
  try {
    parseMidi(Uint8Array.from(bytes), options)
  } catch (error) {
    if (error instanceof EncodingError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const good = track([on(0, 60), off(5, 60)])
const oneTrack = (data: readonly number[]) => [...header(1, 1, 96), ...chunk('MTrk', data)]

describe('parseMidi says where a bad file is bad', () => {
  test('a header that is none', () => {
    const error = errorOf([...Array.from('RIFF1234 some wave file', letter => letter.charCodeAt(0))])
    expect(error).toBeInstanceOf(MidiHeaderError)
    expect(error).toMatchObject({ name: 'MidiHeaderError', code: 'MIDI_HEADER', byteOffset: 0 })
    expect(error.message).toBe('parseMidi: header expected "MThd", got "RIFF" at byte 0')
    expect(errorOf([])).toMatchObject({ code: 'MIDI_HEADER' })
  })

  test.each([
    ['a short header', chunk('MThd', [0, 1, 0, 1]), 'parseMidi: header ends at byte 12, expected 14'],
    [
      'a header length that is too small',
      [...chunk('MThd', [0, 1, 0, 1, 0]), 96, 0],
      'parseMidi: header length expected at least 6, got 5 at byte 4'
    ],
    ['format 3', header(3, 1, 96), 'parseMidi: format expected 0, 1 or 2, got 3 at byte 8'],
    [
      'no division',
      header(1, 1, 0),
      'parseMidi: division expected at least 1 tick per quarter, got 0 at byte 12'
    ],
    [
      'no SMPTE ticks',
      header(1, 1, 0xe700),
      'parseMidi: division expected at least 1 tick per frame, got 0 at byte 13'
    ],
    [
      'odd SMPTE frames',
      header(1, 1, 0xf020),
      'parseMidi: division expected 24, 25, 29 or 30 frames, got 16 at byte 12'
    ]
  ])('%s', (_, bytes, message) => {
    expect(errorOf([...bytes, ...(bytes.length === 14 ? good : [])]).message).toBe(message)
  })

  test('a track cut short, and one that is missing', () => {
    const bytes = file([good, good])
    const cut = errorOf(bytes.subarray(0, bytes.length - 7))
    expect(cut).toBeInstanceOf(TruncatedMidiError)
    expect(cut).toMatchObject({ code: 'MIDI_TRUNCATED', track: 2, byteOffset: 47, expectedByte: 54 })
    expect(cut.message).toBe('parseMidi: track 2 ends at byte 47, expected 54')
    const missing = errorOf(bytes.subarray(0, 34))
    expect(missing.message).toBe('parseMidi: track 2 of 2 ends at byte 34, expected 42')
    const chunkCut = errorOf([...header(1, 1, 96), ...chunk('Junk', [1, 2, 3]).slice(0, -1)])
    expect(chunkCut.message).toBe('parseMidi: chunk "Junk" ends at byte 24, expected 25')
  })

  test('every prefix of a file is an error, and never a wrong score', () => {
    const bytes = file([track([tempo(0, 500_000), on(0, 60), off(5, 60)]), good])
    for (let length = 0; length < bytes.length; length++) {
      expect(['MIDI_HEADER', 'MIDI_TRUNCATED']).toContain(errorOf(bytes.subarray(0, length)).code)
    }
  })

  test.each([
    [
      'an event past the end',
      [...on(0, 60), 5, 0x80, 60],
      'an event runs past the end of the track at byte 29'
    ],
    [
      'data past the end',
      [...on(0, 60), 0, 0xff, 1, 9, 65],
      '9 bytes of data run past the end of the track at byte 29'
    ],
    ['no status', [0, 60, 64], 'a data byte (60) before any status at byte 23'],
    ['an unknown status', [0, 0xf4], 'unknown event 0xf4 at byte 23'],
    ['a pitch out of range', [0, 0x90, 0x85, 64], 'data expected 0 to 127, got 133 at byte 24'],
    ['an endless number', [0xff, 0xff, 0xff, 0xff, 0x7f], 'a number longer than 4 bytes at byte 22'],
    ['a tempo of 0', tempo(0, 0), 'a tempo that is no positive 24-bit number at byte 23'],
    ['a tempo of 2 bytes', [0, 0xff, 0x51, 2, 1, 1], 'a tempo that is no positive 24-bit number at byte 23']
  ])('%s', (_, data, message) => {
    const error = errorOf(oneTrack(data))
    expect(error).toBeInstanceOf(MidiEventError)
    expect(error.message).toBe(`parseMidi: track 1: ${message}`)
    expect(error).toMatchObject({
      code: 'MIDI_EVENT',
      track: 1,
      byteOffset: Number(/\d+$/.exec(message)![0])
    })
  })

  test('a file without notes, and one of percussion only', () => {
    expect(errorOf(file([track([])]))).toBeInstanceOf(NoNotesError)
    expect(errorOf(header(1, 0, 96)).code).toBe('NO_NOTES')
    const drums = file([track([on(0, 36, 64, 9), on(1, 38, 64, 9)])])
    expect(errorOf(drums)).toMatchObject({ code: 'NO_NOTES', percussionNotes: 2 })
    expect(errorOf(drums).message).toContain('2 percussion notes left out; includePercussion keeps them')
  })

  test('a file larger than allowed, before it costs memory', () => {
    const bytes = file([good])
    expect(errorOf(bytes, { maxBytes: 10 })).toMatchObject({
      code: 'LIMIT',
      limit: 'maxBytes',
      allowed: 10,
      actual: bytes.length
    })
    expect(errorOf(bytes, { maxEvents: 2 })).toMatchObject({ limit: 'maxEvents', actual: 3 })
    expect(errorOf(bytes, { maxTicks: 4 })).toMatchObject({ limit: 'maxTicks', actual: 5 })
    const late = oneTrack([0xff, 0xff, 0xff, 0x7f, 0x90, 60, 1, 1, 0x80, 60, 0])
    expect(errorOf(late)).toBeInstanceOf(LimitError)
    const patterns = file([track([on(0, 60)], 100), track([on(0, 60)], 100)], 2)
    expect(errorOf(patterns, { maxTicks: 150 })).toMatchObject({ limit: 'maxTicks', actual: 200 })
    expect(errorOf(bytes, { maxTicks: Number.NaN })).toMatchObject({
      code: 'INVALID_OPTION',
      option: 'maxTicks'
    })
  })

  test('an announced length or number of tracks costs nothing by itself', () => {
    const liar = [
      ...header(1, 65535, 96),
      ...Array.from('MTrk', letter => letter.charCodeAt(0)),
      255,
      255,
      255,
      255
    ]
    expect(errorOf(liar).message).toBe('parseMidi: track 1 ends at byte 22, expected 4294967317')
  })
})
