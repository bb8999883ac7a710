import { type Clock, createClock, createMetre, lengthTicks, type Metre } from '@vgm/encoding'
import type { DescribedNote, DescribeOptions } from '../types.js'
import { findHarmonies, type TriadQuality } from './harmony.js'
import { intervalTicks, type Slice, sliceBySound } from './slices.js'
import { estimateTonality, type Tonality } from './tonality.js'
import { groupOnsets, lowestLine, type Onset, topLine } from './voices.js'

/** A phrase, taken apart once for all descriptors. */
export interface Phrase {
  /** The heard notes by onset, then pitch; at least one. */
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
  /** The pitches that sound together, without a gap from the first onset to the end of the last sound. */
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

/** @param notes as `heardNotes` gives them, at least one; valid. */
export function createPhrase(notes: readonly DescribedNote[], options: DescribeOptions): Phrase {
  const { ticksPerQuarter } = options
  const startTick = notes[0]!.startTick
  const endTick = lengthTicks({ notes })
  const clock = createClock(options)
  const metre = createMetre(options)
  const slices = sliceBySound(notes)
  const onsets = groupOnsets(notes, ticksPerQuarter)
  return {
    notes,
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
    harmonies: findHarmonies(notes, slices, metre, ticksPerQuarter),
    melody: topLine(onsets),
    bass: lowestLine(onsets),
    tonality: estimateTonality(notes)
  }
}
