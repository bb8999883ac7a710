import { quoted, VgmError } from '@vgm/base'

/** There is no note with a pitch and a length, so there is no key. */
export class NoNotesError extends VgmError {
  override readonly name = 'NoNotesError'

  constructor(
    caller: string,
    /** Notes of percussion, which have no pitch. */
    readonly percussionNotes: number,
    /** Notes of length 0, which weigh nothing. */
    readonly emptyNotes: number
  ) {
    const others = [
      percussionNotes > 0 ? `${percussionNotes} of percussion` : '',
      emptyNotes > 0 ? `${emptyNotes} of length 0` : ''
    ].filter(part => part !== '')
    const got = others.length > 0 ? `only ${others.join(' and ')}` : 'none'
    super('NO_NOTES', `expected at least one pitched note, got ${got}`, { caller })
  }
}

/** All twelve pitch classes sound equally long, so their correlation with any key is undefined. */
export class UniformHistogramError extends VgmError {
  override readonly name = 'UniformHistogramError'

  constructor(
    caller: string,
    /** How long each pitch class sounds, in ticks. */
    readonly ticks: number
  ) {
    super('UNIFORM_HISTOGRAM', `expected pitch classes of different weight, got ${ticks} ticks of each`, {
      caller
    })
  }
}

/** A field of a note that is out of its range. */
export class InvalidNoteError extends VgmError {
  override readonly name = 'InvalidNoteError'

  constructor(
    caller: string,
    /** The field, such as `notes[3].pitch`. */
    readonly path: string,
    readonly expected: string,
    readonly value: unknown
  ) {
    super('INVALID_NOTE', `${path} expected ${expected}, got ${quoted(value)}`, { caller })
  }
}

/** There would be more windows than anybody can mean: they are too short, or the music is too long. */
export class TooManyWindowsError extends VgmError {
  override readonly name = 'TooManyWindowsError'

  constructor(
    caller: string,
    readonly allowed: number
  ) {
    super('TOO_MANY_WINDOWS', `expected at most ${allowed} windows, got more`, { caller })
  }
}
