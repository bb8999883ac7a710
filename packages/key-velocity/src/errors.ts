/** Stable codes of this package's errors. */
export type KeyVelocityErrorCode =
  | 'NO_NOTES'
  | 'UNIFORM_HISTOGRAM'
  | 'INVALID_NOTE'
  | 'INVALID_OPTION'
  | 'TOO_MANY_WINDOWS'

/** The base of every error this package throws on bad input. `code` is stable; the message is for people. */
export class KeyVelocityError extends Error {
  override readonly name: string = 'KeyVelocityError'
  readonly code: KeyVelocityErrorCode

  constructor(code: KeyVelocityErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** There is no note with a pitch and a length, so there is no key. */
export class NoNotesError extends KeyVelocityError {
  override readonly name = 'NoNotesError'
  /** Notes of percussion, which have no pitch. */
  readonly percussionNotes: number
  /** Notes of length 0, which weigh nothing. */
  readonly emptyNotes: number

  constructor(caller: string, percussionNotes: number, emptyNotes: number) {
    const others = [
      percussionNotes > 0 ? `${percussionNotes} of percussion` : '',
      emptyNotes > 0 ? `${emptyNotes} of length 0` : ''
    ].filter(part => part !== '')
    const got = others.length > 0 ? `only ${others.join(' and ')}` : 'none'
    super('NO_NOTES', `${caller}: expected at least one pitched note, got ${got}`)
    this.percussionNotes = percussionNotes
    this.emptyNotes = emptyNotes
  }
}

/** All twelve pitch classes sound equally long, so their correlation with any key is undefined. */
export class UniformHistogramError extends KeyVelocityError {
  override readonly name = 'UniformHistogramError'
  /** How long each pitch class sounds, in ticks. */
  readonly ticks: number

  constructor(caller: string, ticks: number) {
    super(
      'UNIFORM_HISTOGRAM',
      `${caller}: expected pitch classes of different weight, got ${ticks} ticks of each`
    )
    this.ticks = ticks
  }
}

/** A field of a note that is out of its range. */
export class InvalidNoteError extends KeyVelocityError {
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

/** An option or argument that is out of its range. */
export class InvalidOptionError extends KeyVelocityError {
  override readonly name = 'InvalidOptionError'
  readonly option: string
  readonly value: unknown

  constructor(caller: string, option: string, expected: string, value: unknown) {
    const got = typeof value === 'string' ? JSON.stringify(value) : String(value)
    super('INVALID_OPTION', `${caller}: ${option} expected ${expected}, got ${got}`)
    this.option = option
    this.value = value
  }
}

/** The windows are so short, or the music so long, that nobody can have meant it. */
export class TooManyWindowsError extends KeyVelocityError {
  override readonly name = 'TooManyWindowsError'
  readonly allowed: number

  constructor(caller: string, allowed: number) {
    super('TOO_MANY_WINDOWS', `${caller}: expected at most ${allowed} windows, got more`)
    this.allowed = allowed
  }
}
