import type { MidiDefectCode, MidiWarning } from './midi/defects.js'
import type { TempoWarning } from './tokenizer.js'

/** What one defect is called, and several. */
const names = {
  MIDI_PREFIX: ['envelope or stray bytes before the header', 'envelopes before the header'],
  MIDI_HEADER_LENGTH: ['header of odd length', 'headers of odd length'],
  MIDI_FORMAT: ['unknown format', 'unknown formats'],
  MIDI_TRACK_COUNT: ['wrong number of tracks', 'wrong numbers of tracks'],
  MIDI_CHUNK: ['stretch of bytes between tracks', 'stretches of bytes between tracks'],
  MIDI_TRACK_LENGTH: ['wrong track length', 'wrong track lengths'],
  MIDI_TRUNCATED: ['cut-off end', 'cut-off ends'],
  MIDI_NUMBER: ['number that is too large', 'numbers that are too large'],
  MIDI_STATUS: ['event without a status', 'events without a status'],
  MIDI_SYSTEM_BYTE: ['system byte', 'system bytes'],
  MIDI_DATA_BYTE: ['data byte above 127', 'data bytes above 127'],
  MIDI_META_LENGTH: ['meta event of odd length', 'meta events of odd length'],
  MIDI_META_VALUE: ['meta event out of range', 'meta events out of range']
} satisfies Record<MidiDefectCode, readonly [one: string, several: string]>

/**
 * What reading a file warned of, in words.
 *
 * @returns `repairs`: what was repaired, the most frequent kind first; `tempos`: how many tempos were clamped. Each is absent
 *   where there are none.
 */
export function describeWarnings(warnings: readonly (MidiWarning | TempoWarning)[]): {
  readonly repairs?: string
  readonly tempos?: string
} {
  const counts = new Map<MidiDefectCode, number>()
  let tempos = 0
  for (const warning of warnings) {
    if (warning.code === 'TEMPO_CLAMPED') tempos += warning.count
    else counts.set(warning.code, (counts.get(warning.code) ?? 0) + (warning.omitted ?? 1))
  }
  return {
    ...(counts.size > 0 && { repairs: repairsOf(counts) }),
    ...(tempos > 0 && { tempos: `${tempos} tempo${tempos === 1 ? '' : 's'} outside 24 to 160 bpm clamped` })
  }
}

function repairsOf(counts: ReadonlyMap<MidiDefectCode, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const kinds = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} ${names[code][count === 1 ? 0 : 1]}`)
  return `read with ${total} repair${total === 1 ? '' : 's'}: ${kinds.join(', ')}`
}
