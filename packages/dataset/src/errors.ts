import { quoted, VgmError } from '@vgm/base'

/** The base of what is wrong with the files of a data set. Programs tell these errors apart by `code`. */
export class DatasetError extends VgmError {
  override readonly name: string = 'DatasetError'
}

/** There is something at the path of a folder that was to be written as a whole. */
export class FolderExistsError extends DatasetError {
  override readonly name = 'FolderExistsError'
  readonly folder: string

  constructor(folder: string, expected: string) {
    super('FOLDER_EXISTS', `${folder}: exists already, expected ${expected}`)
    this.folder = folder
  }
}

/** A CSV file without a column that is read from it. */
export class MissingColumnError extends DatasetError {
  override readonly name = 'MissingColumnError'
  readonly file: string
  readonly column: string
  /** The columns that the file has, in order. */
  readonly columns: readonly string[]

  constructor(file: string, column: string, columns: readonly string[]) {
    const there = columns.length === 0 ? 'an empty file' : columns.map(quoted).join(', ')
    super('MISSING_COLUMN', `${baseName(file)}: expected a column ${quoted(column)}, got ${there}`)
    this.file = file
    this.column = column
    this.columns = columns
  }
}

/** A cell of a CSV file whose text means nothing in its column. */
export class InvalidCellError extends DatasetError {
  override readonly name = 'InvalidCellError'
  readonly file: string
  /** The line of the file, from 1; the header is row 1. */
  readonly row: number
  readonly column: string
  readonly value: string

  constructor(file: string, row: number, column: string, expected: string, value: string) {
    super(
      'INVALID_CELL',
      `${baseName(file)}: row ${row}: ${column} expected ${expected}, got ${quoted(value)}`
    )
    this.file = file
    this.row = row
    this.column = column
    this.value = value
  }
}

/** A row of a CSV file that cannot be taken apart into its cells. */
export class InvalidRowError extends DatasetError {
  override readonly name = 'InvalidRowError'
  readonly file: string
  /** The line of the file, from 1; the header is row 1. */
  readonly row: number

  constructor(file: string, row: number, problem: string, options?: ErrorOptions) {
    super('INVALID_ROW', `${baseName(file)}: row ${row}: ${problem}`, options)
    this.file = file
    this.row = row
  }
}

/** The row of a CSV file that names another file. */
export interface RowReference {
  readonly file: string
  /** The line of the file, from 1; the header is row 1. */
  readonly row: number
}

/** A file of a data set that is not there. */
export class MissingFileError extends DatasetError {
  override readonly name = 'MissingFileError'
  readonly file: string
  /** The row that names the file; absent where the data set always has it. */
  readonly reference: RowReference | undefined

  constructor(file: string, expected: string, reference?: RowReference) {
    const where = reference === undefined ? '' : `${baseName(reference.file)}: row ${reference.row}: `
    super('MISSING_FILE', `${where}${file}: expected ${expected}, found none`)
    this.file = file
    this.reference = reference
  }
}

/** A file of a data set that is no music, or none that can be read. `cause` says why. */
export class UnreadableScoreError extends DatasetError {
  override readonly name = 'UnreadableScoreError'
  readonly file: string

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super('UNREADABLE_SCORE', `${file}: ${problem}`, options)
    this.file = file
  }
}

/** A folder without a MIDI file. */
export class NoMidiFilesError extends DatasetError {
  override readonly name = 'NoMidiFilesError'
  readonly folder: string

  constructor(folder: string) {
    super('NO_MIDI_FILES', `${folder}: holds no MIDI files (.mid, .midi, .kar, .rmi, .smf)`)
    this.folder = folder
  }
}

/** None of the MIDI files can be read. */
export class NothingReadError extends DatasetError {
  override readonly name = 'NothingReadError'
  /** The file or folder; absent where there were several. */
  readonly path: string | undefined

  constructor(path?: string) {
    const problem = path === undefined ? 'none of the MIDI files' : `${path}: none of its MIDI files`
    super('NOTHING_READ', `${problem} can be read`)
    this.path = path
  }
}

/** The last part of a path; without `node:path`, which browsers lack. */
function baseName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
