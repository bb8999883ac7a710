/** Positive or negative. 0 counts as positive, as in VGMIDI 0.1. */
export type Sign = 1 | -1

/** One listener's ratings of one piece: a value per bar, from −1 to 1. */
export interface Annotation {
  readonly id: string
  readonly valence: readonly number[]
  readonly arousal: readonly number[]
}

/** A piece with what its listeners said. */
export interface AnnotatedPiece {
  /** As in its file; two files may use the same ids for different pieces. */
  readonly id: string
  readonly name: string
  /** The name of its MIDI file. */
  readonly midi: string
  /** Of the recording that the listeners heard, in seconds. */
  readonly durationSec: number
  /** Bars of four quarter notes, whatever the time signature says; the last may be incomplete. */
  readonly bars: number
  readonly annotations: readonly Annotation[]
}

/** A stretch of bars with one sentiment. */
export interface PhraseSpan {
  /** From 0. */
  readonly fromBar: number
  /** The bar after the last. */
  readonly toBar: number
  readonly valence: Sign
  /** Absent where the rule looks at valence alone. */
  readonly arousal?: Sign
}
