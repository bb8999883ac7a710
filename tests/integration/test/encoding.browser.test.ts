import { decode, encode, parseMidi, type Score, toWords, writeMidi } from '@vgm/encoding'
import { expect, test } from 'vitest'

const score: Score = {
  ticksPerQuarter: 480,
  notes: [
    { pitch: 60, velocity: 80, startTick: 0, durationTicks: 480, channel: 0, program: 0 },
    { pitch: 64, velocity: 80, startTick: 480, durationTicks: 480, channel: 0, program: 0 }
  ],
  tempos: [{ tick: 0, tempoBpm: 120 }],
  timeSignatures: [],
  keySignatures: []
}

test('a page reads a MIDI file as words and writes them back as the same music', () => {
  const bytes = writeMidi(score)
  const ids = encode(bytes)
  expect(toWords(ids).join(' ')).toBe('t_120 v_80 d_quarter_0 n_60 . . . . n_64 . . . . \n')
  expect(encode(writeMidi(decode(ids)))).toEqual(ids)
  expect(parseMidi(bytes).notes).toEqual(score.notes)
})
