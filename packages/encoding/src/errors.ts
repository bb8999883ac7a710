import { quoted, VgmError } from '@vgm/base'
import type { MidiDefectCode } from './midi/defects.js'
import { type ForeignKind, foreignName } from './midi/foreign-file.js'

/** Names of the size limits of {@link parseMidi}, {@link encode} and {@link barTicks}. */
export type LimitName = 'maxBytes' | 'maxEvents' | 'maxNotes' | 'maxSteps' | 'maxBars'

/** The base of what is wrong with a MIDI file, a score or words. Programs tell these errors apart by `code`. */
export class EncodingError extends VgmError {
  override readonly name: string = 'EncodingError'
}

/** There is no header, or one that does not say how to read the file. */
export class MidiHeaderError extends EncodingError {
  override readonly name = 'MidiHeaderError'
  /** Where the offending field stands, in bytes from the start of the file. */
  readonly offset: number

  constructor(problem: string, offset: number) {
    super('MIDI_HEADER', `${problem} at byte ${offset}`, { caller: 'parseMidi' })
    this.offset = offset
  }
}

/** The file is of another kind, as its first bytes tell. */
export class ForeignFileError extends EncodingError {
  override readonly name = 'ForeignFileError'
  readonly kind: ForeignKind

  constructor(kind: ForeignKind) {
    super('NOT_MIDI', `this is ${foreignName(kind)}, not a MIDI file`, { caller: 'parseMidi' })
    this.kind = kind
  }
}

/** Thrown with `strict` for the first thing in a file that would have been repaired. Its code is that of the warning. */
export class MidiDefectError extends EncodingError {
  override readonly name = 'MidiDefectError'
  declare readonly code: MidiDefectCode
  /** Where the event (without its time) or other item begins, in bytes from the start of the file. */
  readonly offset: number
  /** The first bytes there, at most 8, in hex. */
  readonly bytes: string
  /** Counted from 1; absent for what is no track's. */
  readonly track: number | undefined

  constructor(code: MidiDefectCode, problem: string, offset: number, bytes: string, track?: number) {
    super(code, problem, { caller: 'parseMidi' })
    this.offset = offset
    this.bytes = bytes
    this.track = track
  }
}

/** The input is larger than the caller allows. */
export class LimitError extends EncodingError {
  override readonly name = 'LimitError'
  readonly limit: LimitName
  readonly allowed: number
  /** The size that was met; for `maxEvents` and `maxNotes` the first that passed the limit. */
  readonly actual: number

  constructor(caller: string, limit: LimitName, allowed: number, actual: number) {
    super('LIMIT', `${limit} allows ${allowed}, got ${actual}`, { caller })
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
    super('NO_NOTES', `expected at least one note, got none${hint}`, { caller })
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
    super('INVALID_SCORE', `${path} expected ${expected}, got ${quoted(value)}`, { caller })
    this.path = path
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
    super('UNKNOWN_WORD', `${where} expected one of ${vocabularyName}, got ${quoted(word)}`, { caller })
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
    super('UNKNOWN_ID', `id ${position} expected an integer from 0 to ${size - 1}, got ${id}`, { caller })
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
  /** What was expected and what came, without the position. */
  readonly fault: string

  constructor(caller: string, position: number, fault: string, word?: string) {
    super('GRAMMAR', `word ${position}: ${fault}`, { caller })
    this.fault = fault
    this.position = position
    this.word = word
  }
}

/** A line of a text that is no piece. */
export class TextLineError extends EncodingError {
  override readonly name = 'TextLineError'
  /** From 1. */
  readonly line: number
  /** The word of the line that is at fault, from 1; absent where it is the whole line. */
  readonly word: number | undefined

  constructor(caller: string, line: number, word: number | undefined, fault: string, options?: ErrorOptions) {
    const place = word === undefined ? `line ${line}` : `line ${line}, word ${word}`
    super('TEXT_LINE', `${place}: ${fault}`, { caller, ...options })
    this.line = line
    this.word = word
  }
}
