/** A note as `@vgm/encoding` has it. Any unit of time will do, as long as it is one and the same. */
export interface PitchedNote {
  /** MIDI note number, 0–127. */
  readonly pitch: number
  /** MIDI velocity, 0–127. */
  readonly velocity: number
  /** Onset in ticks. */
  readonly startTick: number
  /** Length in ticks, ≥ 0. */
  readonly durationTicks: number
  /** MIDI channel, 0–15; 9 is percussion. */
  readonly channel?: number
}

/** A note as `@tonejs/midi` has it. */
export interface ToneNote {
  /** MIDI note number, 0–127. */
  readonly midi: number
  /** MIDI velocity divided by 127, 0–1. */
  readonly velocity: number
  /** Onset in ticks. */
  readonly ticks: number
  /** Length in ticks, ≥ 0. */
  readonly durationTicks: number
}

/** One note, in either of two shapes: it has a `pitch` that is a number, or else a `midi`. */
export type TimedNote = PitchedNote | ToneNote

/** What holds notes: a `Score` of `@vgm/encoding`, or a track of `@tonejs/midi`, whose channel is that of its notes. */
export interface NoteHolder {
  readonly notes: readonly TimedNote[]
  /** MIDI channel of all notes, 0–15; 9 is percussion. */
  readonly channel?: number
}

/** Notes in any order, or what holds them. */
export type NoteSource = readonly TimedNote[] | NoteHolder

/** Major or minor. */
export type Mode = 'major' | 'minor'

/** One of the 24 keys. */
export interface Key {
  /** `C`, `Db`, `F#`, …: see {@link keys} for the spelling. */
  readonly tonic: string
  readonly mode: Mode
  /** Tonic and mode: `C# minor`. */
  readonly name: string
  /** 0–11: C major, C#/Db major, … B major; 12–23: C minor … B minor. */
  readonly keyIndex: number
}

/** A key and how well the notes fit it. */
export interface KeyCandidate extends Key {
  /** Pearson correlation of the pitch-class histogram with the key's profile, −1 to 1. */
  readonly correlation: number
}

/** The key that fits best. */
export interface KeyEstimate extends KeyCandidate {
  /** All 24 keys, best first; the first is the estimate itself. */
  readonly alternatives: readonly KeyCandidate[]
}
