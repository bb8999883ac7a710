import type { TempoChange, TimeSignature } from '@vgm/encoding'

/** A note as this package reads it; a note of `@vgm/encoding` is one. Ticks count from the start of the piece. */
export interface DescribedNote {
  /** MIDI note number, an integer from 0 to 127. */
  readonly pitch: number
  /** MIDI velocity, an integer from 1 to 127. */
  readonly velocity: number
  /** Onset, an integer ≥ 0. */
  readonly startTick: number
  /** Length, an integer ≥ 1. */
  readonly durationTicks: number
  /** MIDI channel, 0–15. Notes of channel 9 are percussion and left out; a note without a channel is pitched. */
  readonly channel?: number
}

/** How to read the ticks of notes. A score of `@vgm/encoding` is one. */
export interface DescribeOptions {
  /** A positive integer. */
  readonly ticksPerQuarter: number
  /** By ascending tick, 1–60,000,000 bpm. 120 bpm until the first, as in MIDI files. */
  readonly tempos?: readonly TempoChange[]
  /** By ascending tick. 4/4 until the first, as in MIDI files. */
  readonly timeSignatures?: readonly TimeSignature[]
}

/** Notes and how to read their ticks. */
export interface DescribedScore extends DescribeOptions {
  /** In any order. */
  readonly notes: readonly DescribedNote[]
}

/** A phrase in numbers. */
export interface Description {
  /** The names of all descriptors, always the same and in the same order. */
  readonly names: readonly string[]
  /** One finite number per name. */
  readonly values: Float64Array
}

/** One row of {@link describeWindows}. */
export interface WindowDescription extends Description {
  /** Where the window begins. */
  readonly startTick: number
  /** Where the next window begins. */
  readonly endTick: number
}

/** The definition of a descriptor. */
export interface FeatureDefinition {
  readonly name: string
  /** Of the value: `share` is a part of a whole from 0 to 1, `1` a pure number. */
  readonly unit: string
  /** The least and the greatest value it can have; `Infinity` where there is no bound. */
  readonly range: readonly [min: number, max: number]
  /** Where the definition comes from; `jSymbolic P-14` is feature P-14 of jSymbolic 2.2. */
  readonly source: string
  readonly description: string
}
