import { DatasetError } from '../errors.js'

/** A file of annotations that is no JSON, or lacks its two lists. */
export class AnnotationFileError extends DatasetError {
  override readonly name = 'AnnotationFileError'
  readonly file: string

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super('ANNOTATION_FILE', `${file}: ${problem}`, options)
    this.file = file
  }
}

/** An entry of a file of annotations with a field that is not what it should be. */
export class InvalidAnnotationError extends DatasetError {
  override readonly name = 'InvalidAnnotationError'
  readonly file: string
  /** The list with the entry. */
  readonly list: 'annotation' | 'piece'
  /** The entry's id, such as `piece0_1`. */
  readonly id: string
  /** The field, such as `valence[3]`; empty where the entry as a whole is wrong. */
  readonly field: string
  readonly value: unknown

  constructor(
    where: { readonly file: string; readonly list: 'annotation' | 'piece'; readonly id: string },
    field: string,
    expected: string,
    value: unknown
  ) {
    const what = field === '' ? '' : ` ${field}`
    super(
      'INVALID_ANNOTATION',
      `${where.file}: ${where.list} "${where.id}":${what} expected ${expected}, got ${described(value)}`
    )
    this.file = where.file
    this.list = where.list
    this.id = where.id
    this.field = field
    this.value = value
  }
}

/** Numbers that no rule can work with. */
export class InvalidSeriesError extends DatasetError {
  override readonly name = 'InvalidSeriesError'
  /** The path of the offending value, such as `valence[3][5]`. */
  readonly path: string
  readonly value: unknown

  constructor(caller: string, path: string, expected: string, value: unknown) {
    super('INVALID_SERIES', `${path} expected ${expected}, got ${described(value)}`, { caller })
    this.path = path
    this.value = value
  }
}

/** Too few annotations are left for a rule to say anything. */
export class TooFewAnnotationsError extends DatasetError {
  override readonly name = 'TooFewAnnotationsError'
  readonly needed: number
  readonly actual: number

  constructor(caller: string, what: string, needed: number, actual: number) {
    super('TOO_FEW_ANNOTATIONS', `expected at least ${needed} ${what}, got ${actual}`, { caller })
    this.needed = needed
    this.actual = actual
  }
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
