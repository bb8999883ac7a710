import { readFile } from 'node:fs/promises'
import { VgmError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEmotionReader } from '../src/index.js'
import { scoreOf } from './music.js'

const probe = await readFile(new URL('../../pretrained/model/probes/music.json', import.meta.url), 'utf8')
const reader = await openEmotionReader({ probe })

const score = fc
  .record({
    notes: fc.array(
      fc.record({
        pitch: fc.nat(127),
        velocity: fc.integer({ min: 1, max: 127 }),
        startTick: fc.nat(12_000),
        durationTicks: fc.integer({ min: 1, max: 4000 }),
        channel: fc.nat(15)
      }),
      { maxLength: 60 }
    ),
    tempoBpm: fc.integer({ min: 20, max: 300 }),
    signatures: fc.array(fc.record({ tick: fc.nat(9000), numerator: fc.integer({ min: 1, max: 9 }) }), {
      maxLength: 3
    })
  })
  .map(({ notes, tempoBpm, signatures }) =>
    scoreOf(
      notes.sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch),
      {
        tempos: [{ tick: 0, tempoBpm }],
        timeSignatures: signatures
          .sort((a, b) => a.tick - b.tick)
          .map(signature => ({ ...signature, denominator: 4 }))
      }
    )
  )

test('any score has an emotion, or is refused with a typed error', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(score, async music => {
      const emotion = await reader.read(music).catch((error: unknown) => {
        expect(error).toBeInstanceOf(VgmError)
        return undefined
      })
      if (emotion === undefined) return
      const { tempoBpm, seconds, bars, notes } = emotion
      for (const value of [tempoBpm, seconds, bars, notes]) expect(value).toBeGreaterThan(0)
      expect(emotion.verdict === null).toBe(notes < 8)
      if (emotion.verdict === null) return
      judged++
      const { curve, probability, lowest, highest } = emotion
      const probabilities = curve.map(phrase => phrase.probability)
      expect(Math.min(...probabilities)).toBe(lowest.probability)
      expect(Math.max(...probabilities)).toBe(highest.probability)
      expect(probability).toBeGreaterThanOrEqual(lowest.probability - 1e-12)
      expect(probability).toBeLessThanOrEqual(highest.probability + 1e-12)
      expect(lowest.probability).toBeGreaterThanOrEqual(0)
      expect(highest.probability).toBeLessThanOrEqual(1)
      for (const [index, { bar, lastBar }] of curve.entries()) {
        expect(bar).toBeGreaterThan(curve[index - 1]?.bar ?? 0)
        expect(lastBar).toBeLessThanOrEqual(bars)
      }
    }),
    { seed: 11, numRuns: 200 }
  )
  expect(judged).toBeGreaterThan(50)
})

test('any bytes have an emotion, or are refused with a typed error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
      const header = Uint8Array.of(0x4d, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96)
      for (const music of [bytes, Uint8Array.of(...header, ...bytes)]) {
        await reader.read(music).catch((error: unknown) => expect(error).toBeInstanceOf(VgmError))
      }
    }),
    { seed: 11 }
  )
})
