/** Stable codes of this package's errors. */
export type FeaturesErrorCode = 'NO_NOTES' | 'INVALID_NOTE' | 'INVALID_OPTION'

/** The base of every error this package throws on bad input. `code` is stable; the message is for people. */
export class FeaturesError extends Error {
  override readonly name: string = 'FeaturesError'
  readonly code: FeaturesErrorCode

  constructor(code: FeaturesErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** There is no pitched note to describe. */
export class NoNotesError extends FeaturesError {
  override readonly name = 'NoNotesError'
  /** Percussion notes that were left out. */
  readonly percussionNotes: number

  constructor(caller: string, percussionNotes: number) {
    const hint = percussionNotes > 0 ? ` (${percussionNotes} percussion notes left out)` : ''
    super('NO_NOTES', `${caller}: expected at least one pitched note, got none${hint}`)
    this.percussionNotes = percussionNotes
  }
}

/** A field of a note that is out of its range. */
export class InvalidNoteError extends FeaturesError {
  override readonly name = 'InvalidNoteError'
  /** The field, such as `notes[3].pitch`. */
  readonly path: string
  readonly value: unknown

  constructor(caller: string, path: string, expected: string, value: unknown) {
    super('INVALID_NOTE', `${caller}: ${path} expected ${expected}, got ${String(value)}`)
    this.path = path
    this.value = value
  }
}

/** An option that is out of its range. */
export class InvalidOptionError extends FeaturesError {
  override readonly name = 'InvalidOptionError'
  /** The option, such as `tempos[0].tempoBpm`. */
  readonly option: string
  readonly value: unknown

  constructor(caller: string, option: string, expected: string, value: unknown) {
    super('INVALID_OPTION', `${caller}: ${option} expected ${expected}, got ${String(value)}`)
    this.option = option
    this.value = value
  }
}
