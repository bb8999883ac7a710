/** Names of the size limits of {@link parseMidi}, {@link encode} and {@link barTicks}. */
export type LimitName = 'maxBytes' | 'maxEvents' | 'maxTicks' | 'maxSteps' | 'maxBars'

/** Stable codes of this package's errors. */
export type EncodingErrorCode =
  | 'MIDI_HEADER'
  | 'MIDI_TRUNCATED'
  | 'MIDI_EVENT'
  | 'LIMIT'
  | 'NO_NOTES'
  | 'INVALID_SCORE'
  | 'INVALID_OPTION'
  | 'UNKNOWN_WORD'
  | 'UNKNOWN_ID'
  | 'GRAMMAR'

/** The base of every error this package throws on bad input. `code` is stable; the message is for people. */
export class EncodingError extends Error {
  override readonly name: string = 'EncodingError'
  readonly code: EncodingErrorCode

  constructor(code: EncodingErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The file does not begin with a header that the MIDI standard knows. */
export class MidiHeaderError extends EncodingError {
  override readonly name = 'MidiHeaderError'
  /** Where the offending field stands, in bytes from the start of the file. */
  readonly byteOffset: number

  constructor(problem: string, byteOffset: number) {
    super('MIDI_HEADER', `parseMidi: ${problem} at byte ${byteOffset}`)
    this.byteOffset = byteOffset
  }
}

/** The file ends before the header, a chunk or a track that it announces. */
export class TruncatedMidiError extends EncodingError {
  override readonly name = 'TruncatedMidiError'
  /** Where the file ends, in bytes. */
  readonly byteOffset: number
  /** Where it should have ended at the earliest, in bytes. */
  readonly expectedByte: number
  /** The track (from 1) that is cut; absent for the header and for chunks that are no tracks. */
  readonly track: number | undefined

  constructor(what: string, byteOffset: number, expectedByte: number, track?: number) {
    super('MIDI_TRUNCATED', `parseMidi: ${what} ends at byte ${byteOffset}, expected ${expectedByte}`)
    this.byteOffset = byteOffset
    this.expectedByte = expectedByte
    this.track = track
  }
}

/** An event in a track that cannot be read. */
export class MidiEventError extends EncodingError {
  override readonly name = 'MidiEventError'
  /** Counted from 1. */
  readonly track: number
  /** Where in the file the offending data begins or, where only the event is known, where its track's events begin. */
  readonly byteOffset: number

  constructor(track: number, byteOffset: number, problem: string) {
    super('MIDI_EVENT', `parseMidi: track ${track}: ${problem} at byte ${byteOffset}`)
    this.track = track
    this.byteOffset = byteOffset
  }
}

/** The input is larger than the caller allows. */
export class LimitError extends EncodingError {
  override readonly name = 'LimitError'
  readonly limit: LimitName
  readonly allowed: number
  /** The size that was met; for `maxEvents` and `maxTicks` the first that passed the limit. */
  readonly actual: number

  constructor(caller: string, limit: LimitName, allowed: number, actual: number) {
    super('LIMIT', `${caller}: ${limit} allows ${allowed}, got ${actual}`)
    this.limit = limit
    this.allowed = allowed
    this.actual = actual
  }
}

/** There is no note to speak of. */
export class NoNotesError extends EncodingError {
  override readonly name = 'NoNotesError'
  /** Percussion notes that were left out. */
  readonly percussionNotes: number

  constructor(caller: string, percussionNotes = 0) {
    const hint =
      percussionNotes > 0
        ? ` (${percussionNotes} percussion notes left out; includePercussion keeps them)`
        : ''
    super('NO_NOTES', `${caller}: expected at least one note, got none${hint}`)
    this.percussionNotes = percussionNotes
  }
}

/** A field of a score that is out of its range. */
export class InvalidScoreError extends EncodingError {
  override readonly name = 'InvalidScoreError'
  /** The field, such as `notes[3].pitch`. */
  readonly path: string
  readonly value: unknown

  constructor(caller: string, path: string, expected: string, value: unknown) {
    super('INVALID_SCORE', `${caller}: ${path} expected ${expected}, got ${String(value)}`)
    this.path = path
    this.value = value
  }
}

/** An option that is out of its range. */
export class InvalidOptionError extends EncodingError {
  override readonly name = 'InvalidOptionError'
  readonly option: string
  readonly value: unknown

  constructor(caller: string, option: string, expected: string, value: unknown) {
    super('INVALID_OPTION', `${caller}: ${option} expected ${expected}, got ${String(value)}`)
    this.option = option
    this.value = value
  }
}

/** A word that the vocabulary lacks. */
export class UnknownWordError extends EncodingError {
  override readonly name = 'UnknownWordError'
  readonly word: string
  /** The word's index in its sequence, from 0; absent where there is no sequence. */
  readonly position: number | undefined

  constructor(caller: string, word: string, vocabularyName: string, position?: number) {
    const where = position === undefined ? 'word' : `word ${position}`
    super(
      'UNKNOWN_WORD',
      `${caller}: ${where} expected one of ${vocabularyName}, got ${JSON.stringify(word)}`
    )
    this.word = word
    this.position = position
  }
}

/** A number that is no word's id. */
export class UnknownIdError extends EncodingError {
  override readonly name = 'UnknownIdError'
  readonly id: number
  /** Its index in the sequence, from 0. */
  readonly position: number

  constructor(caller: string, id: number, size: number, position: number) {
    super('UNKNOWN_ID', `${caller}: id ${position} expected an integer from 0 to ${size - 1}, got ${id}`)
    this.id = id
    this.position = position
  }
}

/** A word where `encode` never puts it. */
export class GrammarError extends EncodingError {
  override readonly name = 'GrammarError'
  /** The word's index in its sequence, from 0; the sequence's length where a word is missing. */
  readonly position: number
  /** Absent where a word is missing. */
  readonly word: string | undefined

  constructor(caller: string, position: number, problem: string, word?: string) {
    super('GRAMMAR', `${caller}: word ${position}: ${problem}`)
    this.position = position
    this.word = word
  }
}
