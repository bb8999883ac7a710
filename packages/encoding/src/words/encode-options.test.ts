import { describe, expect, test } from 'vitest'
import { file, on, tempo, track } from '../../test/bytes.js'
import { score } from '../../test/scores.js'
import type { MidiWarning } from '../midi/defects.js'
import { writeMidi } from '../midi/write-midi.js'
import type { Score } from '../score/types.js'
import type { EncodeOptions, TempoWarning } from '../tokenizer.js'
import { encode } from './encode.js'
import { toText } from './text.js'

const words = (source: Score | Uint8Array, options?: EncodeOptions) => toText(encode(source, options)).trim()
const at = (...tempos: readonly (readonly [tick: number, tempoBpm: number])[]) => ({
  tempos: tempos.map(([tick, tempoBpm]) => ({ tick, tempoBpm }))
})

describe('trimStart', () => {
  test('leaves out the empty bars before the first note, and no part of a bar', () => {
    const piece = score([{ startTick: 200 * 1920 + 480 }])
    expect(words(piece).match(/\./g)).toHaveLength(3208)
    expect(words(piece, { trimStart: true })).toBe('t_120 . . . . v_64 d_quarter_0 n_60 . . . .')
    expect(encode(writeMidi(piece), { trimStart: true })).toEqual(encode(piece, { trimStart: true }))
  })

  test('follows the time signatures and keeps the tempo in force', () => {
    const timeSignatures = [
      { tick: 0, numerator: 3, denominator: 4 },
      { tick: 1440, numerator: 7, denominator: 8 }
    ]
    const piece = score([{ startTick: 1440 + 1680 + 240 }], { ...at([0, 120], [1440, 80]), timeSignatures })
    expect(words(piece, { trimStart: true })).toBe('t_80 . . v_64 d_quarter_0 n_60 . . . .')
  })

  test('changes nothing where the first bar has a note', () => {
    const piece = score([{ startTick: 1900 }, { startTick: 1920 * 3 }])
    expect(encode(piece, { trimStart: true })).toEqual(encode(piece))
  })

  test('takes as long for a bar of any number', () => {
    const late = score([{ startTick: 2 ** 50 }], { ticksPerQuarter: 1 })
    expect(words(late, { trimStart: true })).toMatch(/^t_120 v_64/)
  })
})

describe('tempo', () => {
  const quarters = [{ durationTicks: 480 }, { startTick: 480, durationTicks: 480 }]
  const warningsOf = (source: Score | Uint8Array, options?: EncodeOptions) => {
    const warnings: (MidiWarning | TempoWarning)[] = []
    encode(source, { ...options, onWarning: warning => warnings.push(warning) })
    return warnings
  }

  test('is clamped with a warning', () => {
    const piece = score(quarters, at([0, 320], [480, 10]))
    expect(words(piece)).toBe('t_160 v_64 d_quarter_0 n_60 . . . . t_24 n_60 . . . .')
    expect(warningsOf(piece)).toEqual([
      {
        code: 'TEMPO_CLAMPED',
        message: 'expected tempos from 24 to 160 bpm, got 320 at tick 0, and 1 more; clamped',
        tempoBpm: 320,
        tick: 0,
        count: 2
      }
    ])
  })

  test('gives no warning where it is rounded, or behind the last note', () => {
    expect(warningsOf(score(quarters, at([0, 161.9], [480, 22], [960, 400])))).toEqual([])
    expect(warningsOf(score(quarters, at([0, 162])))).toHaveLength(1)
    expect(warningsOf(score(quarters, at([0, 21.9])))).toHaveLength(1)
  })

  test('is reported after what is wrong with the file', () => {
    const bytes = file([track([tempo(0, 187_500), [0, 0xf8], on(0, 60)])])
    expect(warningsOf(bytes).map(({ code }) => code)).toEqual(['MIDI_SYSTEM_BYTE', 'TEMPO_CLAMPED'])
  })

  test('fits: 320 bpm become 160, and every quarter an eighth', () => {
    const piece = score(quarters, at([0, 320]))
    expect(words(piece, { tempo: 'fit' })).toBe('t_160 v_64 d_eighth_0 n_60 . . n_60 . .')
    expect(warningsOf(piece, { tempo: 'fit' })).toEqual([])
  })

  test('fits: 15 bpm become 30, and every quarter a half', () => {
    const piece = score(quarters, at([0, 15]))
    expect(words(piece, { tempo: 'fit' })).toBe(
      't_32 v_64 d_half_0 n_60 . . . . . . . . n_60 . . . . . . . .'
    )
  })

  test('fits as many seconds as one beat for all can, and clamps the rest', () => {
    const piece = score(quarters, at([0, 200], [480, 40]))
    expect(words(piece, { tempo: 'fit' })).toBe('t_160 v_64 d_quarter_0 n_60 . . . . t_40 n_60 . . . .')
    expect(warningsOf(piece, { tempo: 'fit' })).toMatchObject([{ tempoBpm: 200, tick: 0, count: 1 }])
    const both = score(quarters, at([0, 320], [480, 60]))
    expect(words(both, { tempo: 'fit' })).toBe('t_160 v_64 d_eighth_0 n_60 . . t_32 n_60 . .')
  })

  test('that is in range changes nothing', () => {
    const piece = score(quarters, at([0, 100], [480, 150]))
    expect(encode(piece, { tempo: 'fit' })).toEqual(encode(piece))
  })

  test('fits the fastest and the slowest that a file can say', () => {
    for (const tempoBpm of [60e6, 3.58]) {
      expect(warningsOf(score(quarters, at([0, tempoBpm])), { tempo: 'fit' })).toEqual([])
    }
  })
})

describe('durations', () => {
  const durationOf = (durationTicks: number, durations?: 'sounding' | 'written') =>
    words(score([{ durationTicks }]), durations ? { durations } : {}).match(/d_\w+/)![0]

  test.each([
    [456, 'd_eighth_3', 'd_quarter_0'],
    [912, 'd_quarter_3', 'd_half_0'],
    [684, 'd_quarter_1', 'd_quarter_1'],
    [400, 'd_eighth_2', 'd_quarter_0'],
    [399, 'd_eighth_2', 'd_eighth_2'],
    [110, 'd_32nd_3', 'd_16th_0'],
    [480, 'd_quarter_0', 'd_quarter_0'],
    [481, 'd_quarter_0', 'd_quarter_0'],
    [1800, 'd_half_3', 'd_whole_0'],
    [7600, 'd_breve_3', 'd_breve_3']
  ])('of %i ticks: %s, written %s', (ticks, sounding, written) => {
    expect(durationOf(ticks)).toBe(sounding)
    expect(durationOf(ticks, 'sounding')).toBe(sounding)
    expect(durationOf(ticks, 'written')).toBe(written)
  })
})
