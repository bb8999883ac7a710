import { describe, expect, test } from 'vitest'
import { note, score } from '../../test/scores.js'
import { InvalidScoreError, LimitError, NoNotesError } from '../errors.js'
import type { Note, Score } from '../score/types.js'
import { encode } from './encode.js'
import { toText } from './text.js'

/** The words of a piece without its line feed. */
const words = (piece: Score) => toText(encode(piece)).trimEnd()
const one = (fields: Partial<Note>) => score([note(fields)])

describe('encode', () => {
  test("says figure 1 of the paper: the first steps of Zelda's Prelude of Light", () => {
    const figure = score([
      { pitch: 50, velocity: 76, durationTicks: 1920 },
      { pitch: 54, velocity: 76, durationTicks: 1920 },
      { pitch: 57, velocity: 76, durationTicks: 1920 },
      { pitch: 86, velocity: 92, durationTicks: 240 },
      { pitch: 81, velocity: 84, startTick: 240, durationTicks: 720 }
    ])
    // The figure writes d_eighth for d_eighth_0 and stops after two of the whole note's sixteen steps.
    const printed = 't_120 v_76 d_whole_0 n_50 n_54 n_57 v_92 d_eighth_0 n_86 . . v_84 d_quarter_1 n_81 . .'
    expect(words(figure)).toBe(`${printed}${' .'.repeat(12)}`)
  })

  test('puts an onset on the nearest step, half-way on the later', () => {
    const at = (startTick: number) => words(one({ startTick, durationTicks: 120 })).indexOf('n_60')
    const inStep = (step: number) => 't_120 '.length + '. '.repeat(step).length + 'v_64 d_16th_0 '.length
    expect(at(59)).toBe(inStep(0))
    expect(at(60)).toBe(inStep(1))
    expect(at(179)).toBe(inStep(1))
    expect(at(180)).toBe(inStep(2))
  })

  test.each([
    [1, 'd_32nd_0'],
    [69, 'd_32nd_0'],
    [75, 'd_32nd_1'],
    [480, 'd_quarter_0'],
    [600, 'd_quarter_1'],
    [3600, 'd_whole_3'],
    [3720, 'd_breve_0'],
    [1e6, 'd_breve_3']
  ])(
    'gives a note of %i of 480 ticks the nearest duration, half-way the longer: %s',
    (durationTicks, word) => {
      expect(words(one({ durationTicks }))).toContain(` ${word} n_60`)
    }
  )

  test('counts onsets in ticks, so a change of tempo moves nothing', () => {
    const piece = score([{}, { startTick: 480 }], {
      tempos: [
        { tick: 0, tempoBpm: 60 },
        { tick: 240, tempoBpm: 140 }
      ]
    })
    expect(words(piece)).toBe('t_60 v_64 d_quarter_0 n_60 . . t_140 . . n_60 . . . .')
  })

  test.each([
    [1, 4],
    [3, 4],
    [5, 4],
    [6, 8],
    [65, 64],
    [66, 68],
    [126, 128],
    [127, 128]
  ])('keeps velocity %i as v_%i', (velocity, bin) => {
    expect(words(one({ velocity }))).toContain(` v_${bin} `)
  })

  test.each([
    [10, 24],
    [25.9, 24],
    [26, 28],
    [120.5, 120],
    [158, 160],
    [300, 160]
  ])('keeps %f bpm as t_%i', (tempoBpm, bin) => {
    expect(words(score([{}], { tempos: [{ tick: 0, tempoBpm }] }))).toMatch(new RegExp(`^t_${bin} `))
  })

  test('says velocity and duration only when they differ from the last ones said, across steps too', () => {
    const piece = score([
      { pitch: 67, velocity: 65, durationTicks: 120 },
      { pitch: 60, durationTicks: 120 },
      { pitch: 64, velocity: 80, durationTicks: 121 },
      { pitch: 62, startTick: 120, velocity: 80, durationTicks: 120 },
      { pitch: 65, startTick: 120, velocity: 80, durationTicks: 240 }
    ])
    expect(words(piece)).toBe('t_120 v_64 d_16th_0 n_60 v_80 n_64 v_64 n_67 . v_80 n_62 d_eighth_0 n_65 . .')
  })

  test('keeps the longer, then the louder, of two notes of one pitch in a step', () => {
    const lengths = [
      { durationTicks: 240 },
      { durationTicks: 480, channel: 1 },
      { startTick: 9, durationTicks: 470 }
    ]
    expect(words(score(lengths))).toBe('t_120 v_64 d_quarter_0 n_60 . . . .')
    const loudnesses = [{ velocity: 40 }, { velocity: 90, channel: 1 }, { velocity: 60, startTick: 1 }]
    expect(words(score(loudnesses))).toBe('t_120 v_92 d_quarter_0 n_60 . . . .')
  })

  test('runs to the last step that a rounded note touches', () => {
    expect(words(one({ durationTicks: 60 }))).toBe('t_120 v_64 d_32nd_0 n_60 .')
    expect(words(one({ durationTicks: 180 }))).toBe('t_120 v_64 d_16th_1 n_60 . .')
    const longFirst = score([{ durationTicks: 960 }, { pitch: 62, startTick: 240, durationTicks: 120 }])
    expect(words(longFirst)).toBe('t_120 v_64 d_half_0 n_60 . . d_16th_0 n_62 . . . . . .')
  })

  test('says silence at the start and between notes', () => {
    const piece = score([
      { startTick: 240, durationTicks: 120 },
      { startTick: 600, durationTicks: 120 }
    ])
    expect(words(piece)).toBe('t_120 . . v_64 d_16th_0 n_60 . . . n_60 .')
  })

  test('says a tempo in the step where it changes, the last of a step, none that rounds to the one before', () => {
    const tempos = [
      { tick: 0, tempoBpm: 100 },
      { tick: 30, tempoBpm: 120 },
      { tick: 120, tempoBpm: 121 },
      { tick: 230, tempoBpm: 90 },
      { tick: 250, tempoBpm: 80 },
      { tick: 350, tempoBpm: 60 },
      { tick: 360, tempoBpm: 80 },
      { tick: 480, tempoBpm: 44 }
    ]
    expect(words(score([{}], { tempos }))).toBe('t_120 v_64 d_quarter_0 n_60 . . t_80 . .')
  })

  test('refuses a score without notes, out of range, or too long', () => {
    expect(() => encode(score([]))).toThrow(NoNotesError)
    expect(() => encode(score([{}], { ticksPerQuarter: 0 }))).toThrow(
      'encode: ticksPerQuarter expected an integer from 1 to 32767, got 0'
    )
    expect(() => encode(one({ velocity: 128 }))).toThrow(InvalidScoreError)
    expect(() => encode(one({}), { maxSteps: 3 })).toThrow(LimitError)
    expect(() => encode(one({ startTick: 2 ** 27 }), { maxSteps: 1000 })).toThrow(
      'encode: maxSteps allows 1000, got 1118485'
    )
  })
})
