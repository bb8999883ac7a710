import { describe, expect, test } from 'vitest'
import { encode, parseMidi, toText, writeMidi } from '../src/index.js'
import { chunk, header } from './bytes.js'
import { score } from './scores.js'

/** A file of one track that repeats running-status events. */
function crafted(events: readonly number[], times: number): Uint8Array {
  const data = Uint8Array.from(
    { length: events.length * times },
    (_, index) => events[index % events.length]!
  )
  const start = [...header(0, 1, 1), ...chunk('MTrk', []).slice(0, 4), 0, 0, 0, 0, 0, 0x90, 1, 1]
  const bytes = new Uint8Array(start.length + data.length)
  bytes.set(start)
  bytes.set(data, start.length)
  new DataView(bytes.buffer).setUint32(18, data.length + 4)
  return bytes
}

describe('a crafted file does not take long', () => {
  test('of many notes of one pitch that sound at once', () => {
    const bytes = crafted([0, 60, 1], 200_000)
    expect(parseMidi(bytes, { sustain: 'extend' }).notes).toHaveLength(200_001)
    expect(toText(encode(bytes))).toBe('t_120 v_4 d_quarter_0 n_1 n_60 . . . .\n')
  })

  test('of many notes and as many ends', () => {
    const half = 60_000
    const bytes = crafted([0, 60, 1], 2 * half)
    for (let event = half; event < 2 * half; event++) bytes[26 + 3 * event + 2] = 0
    expect(parseMidi(bytes).notes).toHaveLength(half + 1)
  })

  test('of more events than allowed', () => {
    expect(() => parseMidi(crafted([0, 60, 1], 1_000_001))).toThrow(
      'parseMidi: maxEvents allows 1000000, got 1000001'
    )
  })

  test('whose one note stands at the end of time', () => {
    const late = score([{ startTick: 2 ** 27, durationTicks: 1 }], { ticksPerQuarter: 1 })
    expect(() => encode(late)).toThrow('encode: maxSteps allows 1048576, got 536870916')
  })

  test('nor does a score of notes nested in each other', () => {
    const count = 3000
    const nested = score(
      Array.from({ length: count }, (_, index) => ({ startTick: index, durationTicks: 2 * (count - index) }))
    )
    expect(parseMidi(writeMidi(nested)).notes).toEqual(nested.notes)
  })
})
