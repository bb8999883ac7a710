import { VgmError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateKey, estimateKeyWindows, keys, type PitchedNote, pitchClassHistogram } from '../src/index.js'

const notes = fc.array(
  fc.record({
    pitch: fc.integer({ min: 12, max: 115 }),
    velocity: fc.integer({ min: 0, max: 127 }),
    startTick: fc.nat({ max: 20_000 }),
    durationTicks: fc.nat({ max: 5000 }),
    channel: fc.integer({ min: 0, max: 15 })
  }),
  { maxLength: 60 }
)

/** The key, or the code of the error that says why there is none. */
function answer(source: readonly PitchedNote[]) {
  try {
    return estimateKey(source)
  } catch (error) {
    if (error instanceof VgmError) return error.code
    throw error
  }
}

test('any notes have 24 ranked, finite candidates or a typed error', () => {
  fc.assert(
    fc.property(notes, source => {
      const result = answer(source)
      if (typeof result === 'string') {
        expect(['NO_NOTES', 'UNIFORM_HISTOGRAM']).toContain(result)
        return
      }
      const { alternatives } = result
      expect(alternatives.map(({ keyIndex }) => keyIndex).sort((a, b) => a - b)).toEqual(
        keys.map(({ keyIndex }) => keyIndex)
      )
      for (const [rank, { correlation }] of alternatives.entries()) {
        expect(Math.abs(correlation)).toBeLessThanOrEqual(1)
        expect(correlation).toBeLessThanOrEqual((alternatives[rank - 1]?.correlation ?? 1) + 1e-12)
      }
    }),
    { seed: 1 }
  )
})

test('transposing the notes transposes every candidate and keeps its correlation', () => {
  fc.assert(
    fc.property(notes, fc.integer({ min: -11, max: 11 }), (source, semitones) => {
      const transposed = source.map(note => ({ ...note, pitch: note.pitch + semitones }))
      const [before, after] = [answer(source), answer(transposed)]
      if (typeof before === 'string' || typeof after === 'string') {
        expect(after).toBe(before)
        return
      }
      const correlations = new Map(
        after.alternatives.map(({ keyIndex, correlation }) => [keyIndex, correlation])
      )
      for (const { keyIndex, correlation } of before.alternatives) {
        const moved = ((keyIndex + semitones + 12) % 12) + (keyIndex < 12 ? 0 : 12)
        expect(correlations.get(moved)).toBeCloseTo(correlation, 11)
      }
    }),
    { seed: 2 }
  )
})

test('neither order nor the unit of time matters', () => {
  fc.assert(
    fc.property(notes, source => {
      const other = source
        .map(note => ({ ...note, startTick: note.startTick / 2, durationTicks: note.durationTicks / 2 }))
        .reverse()
      expect(answer(other)).toEqual(answer(source))
    }),
    { seed: 3 }
  )
})

test('windows lose no time: one that holds everything has the key of everything, small ones meet without gaps', () => {
  fc.assert(
    fc.property(notes, fc.integer({ min: 1, max: 8 }), (source, quarters) => {
      const [whole] = estimateKeyWindows(source, { ticksPerQuarter: 480, quarters: 100 })
      const result = answer(source)
      if (whole?.key !== undefined) expect(whole.key).toEqual(result)
      else expect(typeof result).toBe('string')
      const windows = estimateKeyWindows(source, { ticksPerQuarter: 480, quarters })
      for (const [index, { startTick, endTick }] of windows.entries()) {
        expect(startTick).toBe(index * quarters * 480)
        expect(endTick).toBe((index + 1) * quarters * 480)
      }
      if (pitchClassHistogram(source).some(ticks => ticks > 0)) {
        expect(windows.some(window => window.key !== undefined || window.reason === 'uniform')).toBe(true)
      }
    }),
    { seed: 4 }
  )
})
