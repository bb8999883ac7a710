import fc from 'fast-check'
import { expect, test } from 'vitest'
import { walks } from '../../test/walk.js'
import type { Score } from '../score/types.js'
import { decode } from './decode.js'
import { fromText } from './text.js'
import { firstId, vocabulary } from './vocabulary.js'
import { WordDecoder } from './word-decoder.js'

/** A part, and how long it is. */
type Part = readonly [score: Score, ticks: number]

/** Decodes a piece, and takes a part after so many time steps each, one after the other. */
function partsOf(ids: ArrayLike<number>, lengths: readonly number[]): Part[] {
  const decoder = new WordDecoder()
  const parts: Part[] = []
  const take = () => {
    const { ticks } = decoder
    parts.push([decoder.take(), ticks])
  }
  let steps = 0
  for (const id of Array.from(ids)) {
    decoder.push(id)
    if (id !== firstId.step || ++steps < lengths[parts.length % lengths.length]!) continue
    take()
    steps = 0
  }
  take()
  return parts
}

/** The parts laid end to end. A tempo that is in force already is no change. */
function joined(parts: readonly Part[]): Score {
  const [notes, tempos]: [Score['notes'][number][], Score['tempos'][number][]] = [[], []]
  let start = 0
  for (const [score, ticks] of parts) {
    for (const note of score.notes) notes.push({ ...note, startTick: start + note.startTick })
    for (const { tick, tempoBpm } of score.tempos) {
      if (tempos.at(-1)?.tempoBpm !== tempoBpm) tempos.push({ tick: start + tick, tempoBpm })
    }
    start += ticks
  }
  return { ...parts[0]![0], notes, tempos }
}

const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 })

test('the parts of a piece, laid end to end, are its score', () => {
  fc.assert(
    fc.property(walks, lengths, (ids, lengths) => {
      expect(joined(partsOf(ids, lengths))).toEqual(decode(ids, { strict: true }))
    }),
    { seed: 1 }
  )
})

test('so are those of words out of place, but for tempos that change nothing', () => {
  const anyIds = fc.array(fc.nat(vocabulary.size - 2), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(anyIds, lengths, (ids, lengths) => {
      const whole = decode(ids)
      const tempos = whole.tempos.filter(
        ({ tempoBpm }, index) => whole.tempos[index - 1]?.tempoBpm !== tempoBpm
      )
      expect(joined(partsOf(ids, lengths))).toEqual({ ...whole, tempos })
    }),
    { seed: 1 }
  )
})

test('a part begins with the tempo, the velocity, the duration and the sounding notes that the one before left', () => {
  const [, [second]] = partsOf(
    fromText('t_100 v_76 d_whole_0 n_50 . t_92 v_80 d_half_0 n_60 . n_50 n_60 . t_96 n_62 . .'),
    [2]
  ) as [Part, Part]
  expect(second.tempos).toEqual([
    { tick: 0, tempoBpm: 92 },
    { tick: 240, tempoBpm: 96 }
  ])
  expect(second.notes).toEqual([
    { pitch: 50, velocity: 80, startTick: 0, durationTicks: 1920, channel: 1, program: 0 },
    { pitch: 60, velocity: 80, startTick: 0, durationTicks: 1920, channel: 1, program: 0 },
    { pitch: 62, velocity: 80, startTick: 240, durationTicks: 1920, channel: 0, program: 0 }
  ])
})

test('tells how much it has to take', () => {
  const decoder = new WordDecoder()
  for (const id of fromText('t_100 v_76 d_whole_0 n_50 . .')) decoder.push(id)
  expect(decoder.ticks).toBe(480)
  decoder.take()
  expect(decoder.ticks).toBe(0)
})

test('a number that is no word is named with its position', () => {
  const decoder = new WordDecoder()
  decoder.push(firstId.tempo)
  expect(() => decoder.push(vocabulary.size)).toThrow(
    expect.objectContaining({ name: 'UnknownIdError', id: vocabulary.size, position: 1 })
  )
})
