import { describe, expect, test } from 'vitest'
import { errorOf } from '../../test/bytes.js'
import type { MidiWarning } from './defects.js'
import { type ParseOptions, parseMidi } from './parse-midi.js'

const header = '4d546864000000060000000101e0'
const N = '00903c508360803c40'
const end = '00ff2f00'
const hex = (text: string) =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], byte => Number.parseInt(byte, 16))
const length = (track: string) => hex(track).length.toString(16).padStart(8, '0')
const trackOf = (events: string, announced = length(events)) => `4d54726b${announced}${events}`
const fileOf = (events: string) => hex(header + trackOf(events))

/** The notes as `[pitch, startTick, durationTicks]`, and the warnings without their messages. */
function read(bytes: Uint8Array, options: ParseOptions = {}) {
  const warnings: MidiWarning[] = []
  const score = parseMidi(bytes, { ...options, onWarning: warning => warnings.push(warning) })
  const notes = score.notes.map(({ pitch, startTick, durationTicks }) => [pitch, startTick, durationTicks])
  return { score, notes, warnings, codes: warnings.map(({ code }) => code) }
}

const one = [[60, 0, 480]]

describe('parseMidi reads past', () => {
  test.each([
    ['a sequence number of 0 bytes', `00ff0000 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff000000903c5083'],
    ['a key of 3 bytes', `00ff5903000000 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff59030000000090'],
    ['a key of 1 byte', `00ff590102 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff59010200903c50'],
    ['a tempo of 2 bytes', `00ff51020102 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff5102010200903c'],
    ['a tempo of 4 bytes', `00ff510407a12000 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff510407a1200000'],
    ['a port of 0 bytes', `00ff2100 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff210000903c5083'],
    [
      'a time signature of 5 bytes',
      `00ff58050302180800 ${N} ${end}`,
      'MIDI_META_LENGTH',
      23,
      'ff58050302180800'
    ],
    ['a time signature of 2 bytes', `00ff58020302 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff5802030200903c'],
    [
      'an SMPTE offset of 4 bytes',
      `00ff540400000000 ${N} ${end}`,
      'MIDI_META_LENGTH',
      23,
      'ff54040000000000'
    ],
    ['a channel prefix of 2 bytes', `00ff20020000 ${N} ${end}`, 'MIDI_META_LENGTH', 23, 'ff2002000000903c'],
    ['an end of track of 1 byte', `${N} 00ff2f0100`, 'MIDI_META_LENGTH', 32, 'ff2f0100'],
    ['a tempo of 0', `00ff5103000000 ${N} ${end}`, 'MIDI_META_VALUE', 23, 'ff51030000000090'],
    ['a time signature of 0/4', `00ff580400021808 ${N} ${end}`, 'MIDI_META_VALUE', 23, 'ff58040002180800'],
    ['a key of 9 sharps', `00ff59020900 ${N} ${end}`, 'MIDI_META_VALUE', 23, 'ff5902090000903c'],
    ['a port of 255', `00ff2101ff ${N} ${end}`, 'MIDI_META_VALUE', 23, 'ff2101ff00903c50'],
    ['time code (F1)', `00f100 ${N} ${end}`, 'MIDI_SYSTEM_BYTE', 23, 'f10000903c508360'],
    ['a song position (F2)', `00f20000 ${N} ${end}`, 'MIDI_SYSTEM_BYTE', 23, 'f2000000903c5083'],
    ['a song number (F3)', `00f300 ${N} ${end}`, 'MIDI_SYSTEM_BYTE', 23, 'f30000903c508360'],
    ...['f4', 'f5', 'f6', 'f8', 'f9', 'fa', 'fb', 'fc', 'fd', 'fe'].map(
      byte => [`${byte}`, `00${byte} ${N} ${end}`, 'MIDI_SYSTEM_BYTE', 23, `${byte}00903c50836080`] as const
    ),
    ['a program above 127', `00c0ff ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'c0ff00903c508360'],
    ['a controller above 127', `00b0ff01 ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'b0ff0100903c5083'],
    ["a controller's value above 127", `00b007ff ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'b007ff00903c5083'],
    ['aftertouch above 127', `00d0ff ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'd0ff00903c508360'],
    ["a note's aftertouch above 127", `00a0ff01 ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'a0ff0100903c5083'],
    ['a pitch bend above 127', `00e0ff01 ${N} ${end}`, 'MIDI_DATA_BYTE', 23, 'e0ff0100903c5083'],
    ['a pitch above 127', `0090ff01 ${N} ${end}`, 'MIDI_DATA_BYTE', 23, '90ff0100903c5083'],
    ['a pitch above 127 that ends', `0080ff01 ${N} ${end}`, 'MIDI_DATA_BYTE', 23, '80ff0100903c5083'],
    ['data without a status', `003c50 ${N} ${end}`, 'MIDI_STATUS', 23, '3c5000903c508360'],
    ['an event that is cut', `${N} 00903e`, 'MIDI_TRUNCATED', 32, '903e'],
    ['a text that is cut', `${N} 00ff017f41`, 'MIDI_TRUNCATED', 32, 'ff017f41'],
    ['a time that is cut', `${N} 8180`, 'MIDI_TRUNCATED', 31, '8180'],
    [
      'a time of 5 bytes',
      `${N} 818080800090 3e40 ${end}`,
      'MIDI_NUMBER',
      31,
      '818080800090 3e40'.replace(' ', '')
    ],
    [
      'a length of 5 bytes',
      `${N} 00f081808080 00 ${end}`,
      'MIDI_NUMBER',
      33,
      '8180808000 00ff2f'.replace(' ', '')
    ]
  ] as const)('%s', (_, events, code, offset, bytes) => {
    const { notes, warnings } = read(fileOf(events))
    expect(notes).toEqual(one)
    expect(warnings).toMatchObject([{ code, track: 1, offset, bytes }])
    expect(errorOf(fileOf(events), { strict: true })).toMatchObject({ code, track: 1, offset, bytes })
  })

  test.each([
    ['format 3', hex(`4d54686400000006 0003 0001 01e0 ${trackOf(N + end)}`), 'MIDI_FORMAT', 8],
    [
      'a header length of 0',
      hex(`4d54686400000000 0000 0001 01e0 ${trackOf(N + end)}`),
      'MIDI_HEADER_LENGTH',
      4
    ],
    [
      'a header length beyond the file',
      hex(`4d546864 7fffffff 0000 0001 01e0 ${trackOf(N + end)}`),
      'MIDI_HEADER_LENGTH',
      4
    ],
    [
      'a track fewer than announced',
      hex(`4d54686400000006 0001 0002 01e0 ${trackOf(N + end)}`),
      'MIDI_TRACK_COUNT',
      10
    ],
    ['a track length of 0', hex(header + trackOf(N + end, '00000000')), 'MIDI_TRACK_LENGTH', 14],
    ['a track length beyond the file', hex(header + trackOf(N + end, '0000270f')), 'MIDI_TRACK_LENGTH', 14],
    ['a track length too short', hex(header + trackOf(N + end, '00000006')), 'MIDI_TRACK_LENGTH', 14],
    [
      'an end cut off behind an event',
      hex(header + trackOf(N + end)).subarray(0, -4),
      'MIDI_TRACK_LENGTH',
      14
    ],
    ['bytes before its track', hex(`${header} 000102 ${trackOf(N + end)}`), 'MIDI_CHUNK', 14]
  ])('%s', (_, bytes, code, offset) => {
    const { notes, warnings } = read(bytes)
    expect(notes).toEqual(one)
    expect(warnings).toMatchObject([{ code, offset }])
    expect(errorOf(bytes, { strict: true })).toMatchObject({ code, offset })
  })

  const second = trackOf(`00904050 8360 804040 ${end}`)
  const two = [
    [60, 0, 480],
    [64, 0, 480]
  ]
  test.each([
    ['of 0', '00000000'],
    ['beyond the file', '0000270f'],
    ['too short', '00000004'],
    ['that swallows part of the next track', '00000014'],
    ['that swallows all of the next track', length(N + end + second)]
  ])('a track length %s, and finds the next track', (_, announced) => {
    const bytes = hex(`4d54686400000006 0001 0002 01e0 ${trackOf(N + end, announced)} ${second}`)
    const { notes, warnings } = read(bytes)
    expect(notes).toEqual(two)
    expect(warnings).toMatchObject([{ code: 'MIDI_TRACK_LENGTH', track: 1, offset: 14 }])
  })

  test('stray bytes between tracks', () => {
    const bytes = hex(`4d54686400000006 0001 0002 01e0 ${trackOf(N + end)} 00 ${second}`)
    expect(read(bytes)).toMatchObject({ notes: two, codes: ['MIDI_CHUNK'] })
  })

  test('the end of a file that is cut in an event: what came before stays', () => {
    const bytes = hex(header + trackOf(`${N} 00903e50 8360 803e40 ${end}`)).subarray(0, -5)
    const { notes, warnings } = read(bytes)
    expect(notes).toEqual([
      [60, 0, 480],
      [62, 480, 480]
    ])
    expect(warnings).toMatchObject([
      { code: 'MIDI_TRACK_LENGTH', offset: 14 },
      { code: 'MIDI_TRUNCATED', offset: 37, bytes: '803e' }
    ])
  })

  test('an envelope: RIFF RMID, MacBinary, any prefix up to 4 KB', () => {
    const midi = hex(header + trackOf(N + end))
    const zeros = (count: number) => '00'.repeat(count)
    const prefixes = ['52494646 34000000 524d4944 64617461 20000000', zeros(128), zeros(4096), '0a']
    for (const prefix of prefixes) {
      const start = hex(prefix).length
      const bytes = new Uint8Array([...hex(prefix), ...midi])
      expect(read(bytes)).toMatchObject({ notes: one, warnings: [{ code: 'MIDI_PREFIX', offset: 0 }] })
      expect(read(bytes).warnings[0]!.message).toContain(`the header begins at byte ${start}`)
      expect(errorOf(bytes, { strict: true })).toMatchObject({ code: 'MIDI_PREFIX', offset: 0 })
    }
  })

  test('a defect behind a prefix, whose place counts from the start of the file', () => {
    const bytes = new Uint8Array([...hex('00'.repeat(128)), ...fileOf(`00f8 ${N} ${end}`)])
    expect(read(bytes).warnings).toMatchObject([
      { code: 'MIDI_PREFIX' },
      { code: 'MIDI_SYSTEM_BYTE', offset: 128 + 23, bytes: 'f800903c50836080' }
    ])
  })

  test('nothing in a sound file', () => {
    const bytes = fileOf(N + end)
    expect(read(bytes)).toMatchObject({ notes: one, warnings: [] })
    expect(read(bytes, { strict: true }).notes).toEqual(one)
  })
})

describe('what parseMidi makes of it', () => {
  test('a meta event that is too long is read from its first bytes, one that is too short is not', () => {
    const long = '00ff510407270e00 00ff58050603180800 00ff5903fd0100'
    const short = '00ff51020102 00ff580309 0218 00ff590105'
    const { score, codes } = read(fileOf(`${long} ${short} ${N} ${end}`))
    expect(score.tempos).toEqual([{ tick: 0, tempoBpm: 60e6 / 0x07270e }])
    expect(score.timeSignatures).toEqual([{ tick: 0, numerator: 6, denominator: 8 }])
    expect(score.keySignatures).toEqual([{ tick: 0, fifths: -3, mode: 'minor' }])
    expect(codes).toEqual(Array.from({ length: 6 }, () => 'MIDI_META_LENGTH'))
  })

  test('a tempo of 0 leaves the tempo as it was', () => {
    const { score } = read(fileOf(`00ff5103061a80 60ff5103000000 ${N} ${end}`))
    expect(score.tempos).toEqual([{ tick: 0, tempoBpm: 150 }])
  })

  test('a velocity above 127 counts as 127, with a warning', () => {
    const { score, warnings } = read(fileOf(`00903cff 8360 803c40 ${end}`))
    expect(score.notes[0]!.velocity).toBe(127)
    expect(warnings[0]!.message).toBe(
      'track 1: expected data bytes from 0 to 127, got 255 at byte 23; read as 127'
    )
  })

  test('running status goes on after meta events, exclusive messages and system bytes', () => {
    for (const between of ['00ff0100', '00f001f7', '00f8', '00f100']) {
      expect(read(fileOf(`00903c50 ${between} 8360 3c00 ${end}`)).notes).toEqual(one)
    }
  })

  test('a message says where, what was expected, and what became of it', () => {
    const bytes = fileOf(`00ff51020102 00f8 ${N} ${end}`)
    expect(read(bytes).warnings.map(({ message }) => message)).toEqual([
      'track 1: expected a tempo of 3 bytes, got 2 at byte 23; the event is ignored',
      'track 1: expected no status 0xf8 at byte 29; skipped'
    ])
    expect(errorOf(bytes, { strict: true }).message).toBe(
      'parseMidi: track 1: expected a tempo of 3 bytes, got 2 at byte 23'
    )
  })

  test('a piece beyond 268,435,455 ticks is read', () => {
    const far = 'ffffff7f'
    const { notes } = read(fileOf(`${far}ff0100 ${far}903c50 ${far}803c40 ${end}`))
    expect(notes).toEqual([[60, 2 * 0x0fffffff, 0x0fffffff]])
  })
})

describe('ports', () => {
  const ported = (port: string, events: string) => trackOf(`00ff2101${port} ${events} ${end}`)
  const file = (...tracks: string[]) =>
    hex(`4d54686400000006 0001 ${tracks.length.toString(16).padStart(4, '0')} 01e0 ${tracks.join('')}`)

  test('have programs of their own', () => {
    const bytes = file(
      ported('00', '00c005 00903c50 8360 803c40'),
      ported('01', '00c028 00904050 8360 804040'),
      trackOf(`8360 904350 8360 804340 ${end}`)
    )
    const { notes } = parseMidi(bytes)
    expect(notes.map(({ pitch, program, channel }) => [pitch, program, channel])).toEqual([
      [60, 5, 0],
      [64, 40, 0],
      [67, 5, 0]
    ])
  })

  test('have pedals of their own', () => {
    const bytes = file(
      ported('00', '00b0407f 00903c50 8360 803c40 8360 b04000'),
      ported('01', '00903c50 8360 803c40 8360 903e50 01 803e40')
    )
    const { notes } = read(bytes, { sustain: 'extend' })
    expect(notes).toEqual([
      [60, 0, 480],
      [60, 0, 960],
      [62, 960, 1]
    ])
  })

  test('pair their own notes, and can change within a track', () => {
    const bytes = fileOf(`00903c50 00ff210101 60903c40 60803c40 00ff210100 60803c40 ${end}`)
    expect(read(bytes).notes).toEqual([
      [60, 0, 288],
      [60, 96, 96]
    ])
  })
})

describe('notes end', () => {
  const held = (controller: string, before = '') =>
    fileOf(`${before} 00903c50 00913e50 8360 b0${controller} 8360 803c40 00813e40 8360 b04000 ${end}`)

  test.each([
    ['all notes off', '7b00'],
    ['all sound off', '7800'],
    ['omni off', '7c00'],
    ['omni on', '7d00'],
    ['mono', '7e01'],
    ['poly', '7f00']
  ])('at %s, in their channel', (_, controller) => {
    expect(read(held(controller)).notes).toEqual([
      [60, 0, 480],
      [62, 0, 960]
    ])
  })

  test('not at controllers that mean something else', () => {
    for (const controller of ['7a00', '7900', '0700'])
      expect(read(held(controller)).notes[0]).toEqual([60, 0, 960])
  })

  test('in every track', () => {
    const tracks = trackOf(`00903c50 8f00 803c40 ${end}`) + trackOf(`8360 b07b00 ${end}`)
    expect(read(hex(`4d54686400000006 0001 0002 01e0 ${tracks}`)).notes).toEqual(one)
  })

  test('at all notes off where the pedal goes up, at all sound off at once', () => {
    const extend = { sustain: 'extend' } as const
    expect(read(held('7b00', '00b0407f'), extend).notes[0]).toEqual([60, 0, 1440])
    expect(read(held('7800', '00b0407f'), extend).notes[0]).toEqual([60, 0, 480])
  })

  test('at all sound off if only the pedal holds them; it holds later ones', () => {
    const bytes = fileOf(`00b0407f 00903c50 60803c40 60b07800 00903e50 60803e40 60b04000 ${end}`)
    expect(read(bytes, { sustain: 'extend' }).notes).toEqual([
      [60, 0, 192],
      [62, 192, 192]
    ])
  })

  test('where controllers are reset, if only the pedal holds them', () => {
    const bytes = fileOf(`00b0407f 00903c50 60803c40 60b07900 00903e50 60803e40 60b04000 ${end}`)
    expect(read(bytes, { sustain: 'extend' }).notes).toEqual([
      [60, 0, 192],
      [62, 192, 96]
    ])
  })
})
