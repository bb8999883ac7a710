import fc from 'fast-check'
import { expect, it, describe as suite } from 'vitest'
import { describe, featureDefinitions, featureNames } from '../src/index.js'
import type { DescribedNote, DescribeOptions } from '../src/types.js'

const anyNote = (lowest: number, highest: number): fc.Arbitrary<DescribedNote> =>
  fc.record({
    pitch: fc.integer({ min: lowest, max: highest }),
    velocity: fc.integer({ min: 1, max: 127 }),
    startTick: fc.oneof(
      fc.nat(40).map(step => step * 120),
      fc.nat(5000),
      fc.nat(0xfffffff)
    ),
    durationTicks: fc.oneof(
      fc.integer({ min: 1, max: 16 }).map(step => step * 120),
      fc.integer({ min: 1, max: 0xfffffff })
    )
  })

const someNotes = (lowest = 0, highest = 127): fc.Arbitrary<DescribedNote[]> =>
  fc.array(anyNote(lowest, highest), { minLength: 1, maxLength: 40 })

const increasing = <Mark>(marks: readonly (Mark & { tick: number })[]): (Mark & { tick: number })[] =>
  marks.toSorted((a, b) => a.tick - b.tick)

const tick = fc.nat(20_000)
const byTick = { selector: (mark: { tick: number }) => mark.tick, maxLength: 4 }
const tempos = fc
  .uniqueArray(fc.record({ tick, tempoBpm: fc.double({ min: 1, max: 60e6, noNaN: true }) }), byTick)
  .map(increasing)
const timeSignatures = fc
  .uniqueArray(
    fc.record({
      tick,
      numerator: fc.integer({ min: 1, max: 255 }),
      denominator: fc.nat(15).map(power => 2 ** power)
    }),
    byTick
  )
  .map(increasing)
const options: fc.Arbitrary<DescribeOptions> = fc.record({
  ticksPerQuarter: fc.oneof(fc.constantFrom(1, 480, 1024), fc.integer({ min: 1, max: 32767 })),
  tempos,
  timeSignatures
})

/** The descriptors whose value is not the expected one, but for the rounding of sums; one `expect` each would be slow. */
function findDifferences(
  found: Float64Array,
  expected: (name: string, index: number) => number
): { name: string; found: number; expected: number }[] {
  return featureNames
    .map((name, index) => ({ name, found: found[index]!, expected: expected(name, index) }))
    .filter(pair => !(Math.abs(pair.found - pair.expected) <= 1e-9 * Math.max(1, Math.abs(pair.expected))))
}

const absolutePitches = [
  'mean-pitch',
  'lowest-pitch',
  'highest-pitch',
  'mean-pitch-of-melody',
  'mean-pitch-of-bass'
]
const perSecond = ['note-density', 'onset-density', 'mean-tempo', 'tempo-variability']
const seconds = ['average-note-duration']

suite('describe, whatever the notes', { timeout: 60_000 }, () => {
  it('gives finite numbers within their ranges', () => {
    fc.assert(
      fc.property(someNotes(), options, (notes, given) => {
        const { values } = describe(notes, given)
        const outside = featureDefinitions.filter(({ range: [min, max] }, index) => {
          const value = values[index]!
          const tolerance = 1e-9 * Math.max(1, Math.abs(value))
          return !(Number.isFinite(value) && value >= min - tolerance && value <= max + tolerance)
        })
        expect(outside.map(({ name }) => [name, values[featureNames.indexOf(name)]])).toEqual([])
      }),
      { seed: 1, numRuns: 200 }
    )
  })

  it('moves nothing but absolute pitches when the notes are transposed', () => {
    fc.assert(
      fc.property(
        someNotes(20, 107),
        options,
        fc.integer({ min: -20, max: 20 }),
        (notes, given, semitones) => {
          const before = describe(notes, given).values
          const transposed = notes.map(note => ({ ...note, pitch: note.pitch + semitones }))
          const after = describe(transposed, given).values
          const expected = (name: string, index: number): number =>
            before[index]! + (absolutePitches.includes(name) ? semitones : 0)
          expect(findDifferences(after, expected)).toEqual([])
        }
      ),
      { seed: 2, numRuns: 200 }
    )
  })

  it('changes nothing but what is measured in seconds when the tempo is multiplied', () => {
    const slow = fc
      .uniqueArray(fc.record({ tick, tempoBpm: fc.double({ min: 20, max: 300, noNaN: true }) }), byTick)
      .map(increasing)
    const factors = fc.double({ min: 0.5, max: 4, noNaN: true })
    fc.assert(
      fc.property(someNotes(), slow, factors, (notes, marks, factor) => {
        const given = {
          ticksPerQuarter: 480,
          tempos: [{ tick: 0, tempoBpm: 97 }, ...marks.filter(m => m.tick > 0)]
        }
        const faster = given.tempos.map(mark => ({ ...mark, tempoBpm: mark.tempoBpm * factor }))
        const before = describe(notes, given).values
        const after = describe(notes, { ...given, tempos: faster }).values
        const expected = (name: string, index: number): number => {
          if (perSecond.includes(name)) return before[index]! * factor
          return seconds.includes(name) ? before[index]! / factor : before[index]!
        }
        expect(findDifferences(after, expected)).toEqual([])
      }),
      { seed: 3, numRuns: 200 }
    )
  })

  it('does not depend on how many ticks a quarter has, nor on the bar in which the phrase begins', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            pitch: fc.nat(127),
            velocity: fc.integer({ min: 1, max: 127 }),
            startTick: fc.nat(5000),
            durationTicks: fc.integer({ min: 1, max: 5000 })
          }),
          { minLength: 1, maxLength: 40 }
        ),
        fc.constantFrom(2, 4, 8),
        fc.nat(20),
        (notes, factor, bars) => {
          const before = describe(notes, { ticksPerQuarter: 480 }).values
          const scaled = notes.map(note => ({
            ...note,
            startTick: (note.startTick + bars * 4 * 480) * factor,
            durationTicks: note.durationTicks * factor
          }))
          const after = describe(scaled, { ticksPerQuarter: 480 * factor }).values
          expect(findDifferences(after, (_, index) => before[index]!)).toEqual([])
        }
      ),
      { seed: 4, numRuns: 200 }
    )
  })

  it('describes all pitches at once, and a hundred thousand notes at nearly one moment', () => {
    const all = Array.from({ length: 128 }, (_, pitch) => ({
      pitch,
      velocity: 1,
      startTick: 0,
      durationTicks: 1
    }))
    const { names, values } = describe(all, { ticksPerQuarter: 1 })
    expect(values.every(Number.isFinite)).toBe(true)
    expect(values[names.indexOf('average-number-of-simultaneous-pitches')]).toBe(128)
    expect(values[names.indexOf('notes-per-onset')]).toBe(128)
    const many = Array.from({ length: 100_000 }, (_, index) => ({
      ...all[index % 128]!,
      startTick: index >> 7
    }))
    const found = describe(many, { ticksPerQuarter: 32767 }).values
    expect(found.every(Number.isFinite)).toBe(true)
    expect(found[names.indexOf('notes-per-onset')]).toBe(100_000)
  })
})
