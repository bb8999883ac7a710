import type { MidiDefectCode, MidiWarning } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { repairLine } from './repair-line.js'

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
  expect(repairLine('tune.mid', warnings)).toBe(
    'tune.mid: read with 3 repairs: 2 meta events of odd length, 1 cut-off end (--strict refuses it)'
  )
  expect(repairLine('a.mid', [warning('MIDI_FORMAT')])).toBe(
    'a.mid: read with 1 repair: 1 unknown format (--strict refuses it)'
  )
})

test('counts the repairs of which no warning is there', () => {
  expect(repairLine('a.mid', [warning('MIDI_DATA_BYTE'), warning('MIDI_DATA_BYTE', 4000)])).toBe(
    'a.mid: read with 4001 repairs: 4001 data bytes above 127 (--strict refuses it)'
  )
})
