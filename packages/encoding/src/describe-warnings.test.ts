import { expect, test } from 'vitest'
import { describeWarnings } from './describe-warnings.js'
import type { MidiDefectCode, MidiWarning } from './midi/defects.js'

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
  expect(describeWarnings(warnings)).toEqual({
    repairs: 'read with 3 repairs: 2 meta events of odd length, 1 cut-off end'
  })
  expect(describeWarnings([warning('MIDI_FORMAT')])).toEqual({
    repairs: 'read with 1 repair: 1 unknown format'
  })
})

test('counts the repairs of which no warning is there', () => {
  expect(describeWarnings([warning('MIDI_DATA_BYTE'), warning('MIDI_DATA_BYTE', 4000)])).toEqual({
    repairs: 'read with 4001 repairs: 4001 data bytes above 127'
  })
})

test('tells of tempos that were clamped', () => {
  const tempo = { code: 'TEMPO_CLAMPED', message: '', tempoBpm: 320, tick: 0, count: 2 } as const
  expect(describeWarnings([tempo])).toEqual({ tempos: '2 tempos outside 24 to 160 bpm clamped' })
  expect(describeWarnings([warning('MIDI_FORMAT'), { ...tempo, count: 1 }])).toEqual({
    repairs: 'read with 1 repair: 1 unknown format',
    tempos: '1 tempo outside 24 to 160 bpm clamped'
  })
})
