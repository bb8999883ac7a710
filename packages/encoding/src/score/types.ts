/** One sounding note. Ticks are integers counted from the start of the score. */
export interface Note {
  /** MIDI note number, 0–127. */
  readonly pitch: number
  /** MIDI velocity, 1–127. */
  readonly velocity: number
  /** Onset in ticks, ≥ 0. */
  readonly startTick: number
  /** Length in ticks, ≥ 1. */
  readonly durationTicks: number
  /** MIDI channel, 0–15. */
  readonly channel: number
  /** General MIDI program, 0–127. */
  readonly program: number
}

/** The tempo from `tick` on. */
export interface TempoChange {
  readonly tick: number
  /** Quarter notes per minute, > 0. */
  readonly tempoBpm: number
}

/** The time signature from `tick` on. */
export interface TimeSignature {
  readonly tick: number
  readonly numerator: number
  /** A power of two. */
  readonly denominator: number
}

/** The key signature from `tick` on. */
export interface KeySignature {
  readonly tick: number
  /** −7 (seven flats) to 7 (seven sharps). */
  readonly fifths: number
  readonly mode: 'major' | 'minor'
}

/**
 * A piece of music as plain data. Notes are sorted by onset, then pitch, then channel; changes are sorted by tick,
 * at most one of a kind per tick.
 */
export interface Score {
  /** 1–32767. */
  readonly ticksPerQuarter: number
  readonly notes: readonly Note[]
  /** The first is at tick 0: a score always says its tempo. */
  readonly tempos: readonly TempoChange[]
  readonly timeSignatures: readonly TimeSignature[]
  readonly keySignatures: readonly KeySignature[]
}
