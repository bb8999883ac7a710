import { describe, expect, test } from 'vitest'
import { chunk, file, header, off, on, program, tempo, track } from '../test/bytes.js'
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
      'the last event runs past the end of the track, in the events that begin at byte 22'
    ],
    [
      'an event past the end that no score keeps',
      [...on(0, 60), 0, 0xff, 0x54, 5, 0, 0],
      'the last event runs past the end of the track, in the events that begin at byte 22'
    ],
    [
      'a tempo past the end',
      [...on(0, 60), 0, 0xff, 0x51, 3, 7],
      'the last event runs past the end of the track, in the events that begin at byte 22'
    ],
    [
      'data past the end',
      [...on(0, 60), 0, 0xff, 1, 9, 65],
      'length of data expected 0 to 1 bytes, got 9 at byte 30'
    ],
    [
      'a length that overflows',
      [...on(0, 60), 0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3],
      'length of data expected 0 to 3 bytes, got -1 at byte 33'
    ],
    ['no status', [0, 60, 64], 'Unrecognised MIDI event type: 0, in the events that begin at byte 22'],
    [
      'an unknown status',
      [0, 0xf4],
      'Unrecognised MIDI event type byte: 244, in the events that begin at byte 22'
    ],
    [
      'a pitch out of range',
      [...on(7, 60), ...on(2, 0x85)],
      'event 2 (noteOn at tick 9): noteNumber expected 0 to 127, got 133, in the events that begin at byte 22'
    ],
    [
      'a pitch out of range that no score keeps',
      [0, 0xa0, 0x85, 1],
      'event 1 (noteAftertouch at tick 0): noteNumber expected 0 to 127, got 133, in the events that begin at byte 22'
    ],
    [
      'a program out of range',
      program(0, 0x85),
      'event 1 (programChange at tick 0): programNumber expected 0 to 127, got 133, in the events that begin at byte 22'
    ],
    [
      'a controller out of range',
      [0, 0xb0, 0x85, 1],
      'event 1 (controller at tick 0): controllerType expected 0 to 127, got 133, in the events that begin at byte 22'
    ],
    [
      'a time that overflows',
      [...on(3, 60), 0xff, 0xff, 0xff, 0xff, 0x7f, 0x80, 60, 0],
      'event 2 (noteOff at tick 3): deltaTime expected 0 to 268435455, got -1, in the events that begin at byte 22'
    ],
    [
      'a tempo of 0',
      tempo(0, 0),
      'event 1 (setTempo at tick 0): microsecondsPerBeat expected at least 1, got 0, in the events that begin at byte 22'
    ],
    [
      'a tempo of 2 bytes',
      [0, 0xff, 0x51, 2, 1, 1],
      'Expected length for setTempo event is 3, got 2, in the events that begin at byte 22'
    ]
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
