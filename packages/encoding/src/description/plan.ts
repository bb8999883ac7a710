/** An earlier bar that comes back. */
export interface Return {
  /** How many bars ago it was, at least 1. */
  readonly bars: number
  /** `exact`: note for note, `varied`: half of its notes or more. */
  readonly how: 'exact' | 'varied'
}

/** What is said of one bar; a field that is missing is left open. */
export interface BarPlan {
  /** The time signature. */
  readonly numerator: number
  readonly denominator: number
  /** Its length in time steps (sixteenths). */
  readonly steps: number
  /** The number of notes that begin in it. */
  readonly notes?: number
  /** Their mean MIDI velocity. */
  readonly velocity?: number
  /** Their mean MIDI pitch. */
  readonly pitch?: number
  /** Their mean length in quarter notes. */
  readonly duration?: number
  /** The chord of each half: `C`, `Am`, … as {@link chordNames} has them, or `null` for none. */
  readonly chords?: readonly [string | null, string | null]
  /** The General MIDI programs of its notes, ascending. */
  readonly programs?: readonly number[]
  /** The earlier bar that comes back; `null` where the bar is new. */
  readonly returns?: Return | null
}

/** What a piece does, bar by bar, without its notes: what a composer is told, and a person can edit. */
export interface Plan {
  readonly bars: readonly BarPlan[]
}

/** The length of a bar of a metre in time steps, rounded; at least 1. */
export function stepsOfBar({ numerator, denominator }: Pick<BarPlan, 'numerator' | 'denominator'>): number {
  return Math.max(1, Math.round((16 * numerator) / denominator))
}

/** How long a plan is, in time steps. */
export function planSteps({ bars }: Plan): number {
  return bars.reduce((sum, { steps }) => sum + steps, 0)
}
