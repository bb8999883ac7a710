import type { MidiDefectCode, MidiWarning } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { warningLine } from './warning-line.js'

const warning = (code: MidiDefectCode, omitted?: number): MidiWarning => ({
  code,
  message: '',
  offset: 22,
  bytes: 'ff0000',
  ...(omitted !== undefined && { omitted })
})

test('counts the repairs of a file by kind, the most frequent first', () => {
  const warnings = (['MIDI_TRUNCATED', 'MIDI_META_LENGTH', 'MIDI_META_LENGTH'] as const).map(code =>
    warning(code)
  )
  expect(warningLine('tune.mid', warnings)).toBe(
    'tune.mid: read with 3 repairs: 2 meta events of odd length, 1 cut-off end (--strict refuses it)'
  )
  expect(warningLine('a.mid', [warning('MIDI_FORMAT')])).toBe(
    'a.mid: read with 1 repair: 1 unknown format (--strict refuses it)'
  )
})

test('counts the repairs of which no warning is there', () => {
  expect(warningLine('a.mid', [warning('MIDI_DATA_BYTE'), warning('MIDI_DATA_BYTE', 4000)])).toBe(
    'a.mid: read with 4001 repairs: 4001 data bytes above 127 (--strict refuses it)'
  )
})

test('tells of tempos that were clamped, on the same line', () => {
  const tempo = { code: 'TEMPO_CLAMPED', message: '', tempoBpm: 320, tick: 0, count: 2 } as const
  expect(warningLine('a.mid', [tempo])).toBe(
    'a.mid: 2 tempos outside 24 to 160 bpm clamped (--tempo fit keeps the time)'
  )
  expect(warningLine('a.mid', [warning('MIDI_FORMAT'), { ...tempo, count: 1 }])).toBe(
    'a.mid: read with 1 repair: 1 unknown format (--strict refuses it); 1 tempo outside 24 to 160 bpm clamped (--tempo fit keeps the time)'
  )
})
