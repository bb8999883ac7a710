import { quoted, VgmError } from '@vgm/base'

/** There is no pitched note to describe. */
export class NoNotesError extends VgmError {
  override readonly name = 'NoNotesError'

  constructor(
    caller: string,
    /** Percussion notes that were left out. */
    readonly percussionNotes: number
  ) {
    const hint = percussionNotes > 0 ? ` (${percussionNotes} percussion notes left out)` : ''
    super('NO_NOTES', `expected at least one pitched note, got none${hint}`, { caller })
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
