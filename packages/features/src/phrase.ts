import { type Clock, createClock } from './clock.js'
import { findHarmonies, type TriadQuality } from './harmony.js'
import { createMetre, type Metre } from './metre.js'
import { intervalTicks, type Slice, sliceBySound } from './slices.js'
import { estimateTonality, type Tonality } from './tonality.js'
import type { DescribedNote, DescribeOptions } from './types.js'
import { groupOnsets, lowestLine, type Onset, topLine } from './voices.js'

/** A phrase, taken apart once for all descriptors. */
export interface Phrase {
  /** The pitched notes by onset, then pitch; at least one. */
  readonly notes: readonly DescribedNote[]
  readonly ticksPerQuarter: number
  /** The first onset. */
  readonly startTick: number
  /** Where the last sound ends. */
  readonly endTick: number
  /** From the first onset to the end of the last sound; > 0. */
  readonly quarters: number
  /** The same in seconds; > 0. */
  readonly seconds: number
  readonly clock: Clock
  readonly metre: Metre
  readonly onsets: readonly Onset[]
  /** What sounds together, without a gap from the first onset to the end of the last sound. */
  readonly slices: readonly Slice[]
  /** {@link intervalTicks} of the slices. */
  readonly intervals: readonly number[]
  /** {@link findHarmonies} of the phrase. */
  readonly harmonies: readonly (TriadQuality | undefined)[]
  /** The top voice. */
  readonly melody: readonly DescribedNote[]
  /** The lowest voice. */
  readonly bass: readonly DescribedNote[]
  readonly tonality: Tonality
}

/** @param notes pitched, in any order, at least one; valid. */
export function createPhrase(notes: readonly DescribedNote[], options: DescribeOptions): Phrase {
  const sorted = notes.toSorted(
    (a, b) =>
      a.startTick - b.startTick ||
      a.pitch - b.pitch ||
      a.durationTicks - b.durationTicks ||
      a.velocity - b.velocity
  )
  const { ticksPerQuarter } = options
  const startTick = sorted[0]!.startTick
  const endTick = sorted.reduce((end, note) => Math.max(end, note.startTick + note.durationTicks), 0)
  const clock = createClock(options)
  const metre = createMetre(options)
  const slices = sliceBySound(sorted)
  const onsets = groupOnsets(sorted, ticksPerQuarter)
  return {
    notes: sorted,
    ticksPerQuarter,
    startTick,
    endTick,
    quarters: (endTick - startTick) / ticksPerQuarter,
    seconds: clock.secondsBetween(startTick, endTick),
    clock,
    metre,
    onsets,
    slices,
    intervals: intervalTicks(slices),
    harmonies: findHarmonies(sorted, slices, metre, ticksPerQuarter),
    melody: topLine(onsets),
    bass: lowestLine(onsets),
    tonality: estimateTonality(sorted)
  }
}
