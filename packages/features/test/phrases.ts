import { expect } from 'vitest'
import { describe as describePhrase } from '../src/describe.js'
import type { Feature } from '../src/families/feature.js'
import type { DescribedNote, DescribeOptions } from '../src/types.js'

export const ticksPerQuarter = 480

/** A note whose times are in quarter notes. */
export function note(pitch: number, start: number, length: number, velocity = 64): DescribedNote {
  return {
    pitch,
    velocity,
    startTick: Math.round(start * ticksPerQuarter),
    durationTicks: Math.round(length * ticksPerQuarter)
  }
}

/** Notes of one length, one after the other. */
export function line(pitches: readonly number[], length: number, start = 0): DescribedNote[] {
  return pitches.map((pitch, index) => note(pitch, start + index * length, length))
}

/**
 * Two bars of 4/4 in C major, 120 bpm: a melody C5 E5 G5 | F5 E5 D5 C5 of quarters, halves and two eighths, velocity 80,
 * over C3 | G2 C3, velocity 60. Nothing in it is detached.
 */
export const tune: readonly DescribedNote[] = [
  note(72, 0, 1, 80),
  note(76, 1, 1, 80),
  note(79, 2, 2, 80),
  note(77, 4, 1, 80),
  note(76, 5, 0.5, 80),
  note(74, 5.5, 0.5, 80),
  note(72, 6, 2, 80),
  note(48, 0, 4, 60),
  note(43, 4, 2, 60),
  note(48, 6, 2, 60)
]

/** All descriptors of a phrase by name; 4/4 and 120 bpm unless told. */
function valuesOf(
  notes: readonly DescribedNote[],
  options: Partial<DescribeOptions> = {}
): Record<string, number> {
  const { names, values } = describePhrase(notes, { ticksPerQuarter, ...options })
  return Object.fromEntries(names.map((name, index) => [name, values[index]!]))
}

/** That the values of a whole family, no descriptor left out, are as worked out by hand (±1e-9). */
export function expectFamily(
  family: readonly Feature[],
  notes: readonly DescribedNote[],
  expected: Record<string, number>,
  options: Partial<DescribeOptions> = {}
): void {
  expect(Object.keys(expected)).toEqual(family.map(({ name }) => name))
  const found = valuesOf(notes, options)
  for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, 9)
}

/** That some values are as worked out by hand (±1e-9). */
export function expectValues(
  notes: readonly DescribedNote[],
  expected: Record<string, number>,
  options: Partial<DescribeOptions> = {}
): void {
  const found = valuesOf(notes, options)
  for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, 9)
}
