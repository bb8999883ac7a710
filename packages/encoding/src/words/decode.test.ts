import { describe, expect, test } from 'vitest'
import { GrammarError, UnknownIdError } from '../errors.js'
import { decode } from './decode.js'
import { durationUnits } from './durations.js'
import { encode } from './encode.js'
import { fromText } from './text.js'
import { vocabulary } from './vocabulary.js'

const spans = (text: string) =>
  decode(fromText(text)).notes.map(({ pitch, velocity, startTick, durationTicks }) => [
    pitch,
    velocity,
    startTick,
    durationTicks
  ])

describe('decode', () => {
  test('plays a piece: a step is 240 ticks, a quarter 960', () => {
    const piece = 't_100 v_76 d_whole_0 n_50 n_54 . . t_96 v_128 d_32nd_3 n_81 .'
    expect(spans(piece)).toEqual([
      [50, 76, 0, 3840],
      [54, 76, 0, 3840],
      [81, 127, 480, 225]
    ])
    const { notes, ...rest } = decode(fromText(piece))
    expect(notes.every(({ channel, program }) => channel === 0 && program === 0)).toBe(true)
    expect(rest).toEqual({
      ticksPerQuarter: 960,
      tempos: [
        { tick: 0, tempoBpm: 100 },
        { tick: 480, tempoBpm: 96 }
      ],
      timeSignatures: [],
      keySignatures: []
    })
  })

  test('has whole ticks for all 28 durations, and encode finds each again', () => {
    expect(durationUnits).toHaveLength(28)
    for (let index = 0; index < 28; index++) {
      const piece = fromText(`t_120 v_64 ${vocabulary.words[128 + index]} n_60 .`)
      const [note] = decode(piece).notes
      expect(note!.durationTicks).toBe(durationUnits[index]! * 15)
      expect(encode(decode(piece))[2]).toBe(128 + index)
    }
  })

  test('gives a note that is struck again while it sounds another channel: one note-off would end both', () => {
    const channelsOf = (text: string) =>
      decode(fromText(text)).notes.map(({ pitch, startTick, channel }) => [pitch, startTick / 240, channel])
    expect(channelsOf('t_120 v_64 d_half_0 n_60 . . n_60 n_62 . . . n_60 . . . n_60')).toEqual([
      [60, 0, 0],
      [60, 2, 1], // the first goes on for 6 steps
      [62, 2, 0],
      [60, 5, 2],
      [60, 8, 0] // the first is over at step 8, as is this one's turn
    ])
    const repeated = `t_120 v_64 d_breve_0 ${'n_60 . '.repeat(20)}`
    const channels = decode(fromText(repeated)).notes.map(({ channel }) => channel)
    expect(channels.slice(0, 15)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15])
    expect(channels.slice(15)).toEqual([0, 0, 0, 0, 0])
  })

  test('makes something of any words: 120 bpm, velocity 64, a quarter; nothing after the end', () => {
    expect(spans('n_60 . n_64 n_62')).toEqual([
      [60, 64, 0, 960],
      [62, 64, 240, 960],
      [64, 64, 240, 960]
    ])
    expect(spans('n_60 \n n_61')).toEqual([[60, 64, 0, 960]])
    expect(decode([])).toEqual({
      ticksPerQuarter: 960,
      notes: [],
      tempos: [{ tick: 0, tempoBpm: 120 }],
      timeSignatures: [],
      keySignatures: []
    })
    expect(decode(fromText('. t_60 n_60 t_80')).tempos).toEqual([
      { tick: 0, tempoBpm: 120 },
      { tick: 240, tempoBpm: 80 }
    ])
  })

  test('refuses numbers that are no ids', () => {
    expect(() => decode([60, 225])).toThrow(UnknownIdError)
    expect(() => decode([60, 225])).toThrow('decode: id 1 expected an integer from 0 to 224, got 225')
  })

  test.each([
    ['', 0, 'expected "\\n" at the end of the piece'],
    ['t_120 v_64 d_16th_0 n_60 .', 5, 'expected "\\n" at the end of the piece'],
    ['v_64 d_16th_0 n_60 .\n', 0, 'expected t_, got "v_64"'],
    ['t_120 n_60 .\n', 1, 'expected v_ or ".", got "n_60"'],
    ['t_120 v_64 v_68 d_16th_0 n_60 .\n', 2, 'expected d_, got "v_68"'],
    ['t_120 v_64 d_16th_0 . n_60 .\n', 3, 'expected n_, got "."'],
    [
      't_120 v_64 d_16th_0 n_62 n_60 .\n',
      4,
      'expected v_ other than v_64 or d_ other than d_16th_0 or n_ above 62 or ".", got "n_60"'
    ],
    [
      't_120 v_64 d_16th_0 n_60 t_80 .\n',
      4,
      'expected v_ other than v_64 or d_ other than d_16th_0 or n_ above 60 or ".", got "t_80"'
    ],
    ['t_120 v_64 d_16th_0 n_127 n_127 .\n', 4, 'expected ".", got "n_127"'],
    ['t_120 v_64 d_16th_0 n_60 .\n.', 6, 'expected nothing after "\\n", got "."']
  ])('in strict mode refuses %j', (text, position, problem) => {
    const strict = () => decode(fromText(text), { strict: true })
    expect(strict).toThrow(GrammarError)
    expect(strict).toThrow(`decode: word ${position}: ${problem}`)
  })
})
