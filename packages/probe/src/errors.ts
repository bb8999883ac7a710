/** Stable codes of this package's errors. */
export type ProbeErrorCode =
  | 'INVALID_OPTION'
  | 'SHAPE'
  | 'INVALID_FEATURE'
  | 'INVALID_LABEL'
  | 'ONE_CLASS'
  | 'FOLDS'
  | 'FORMAT'

/** The base of every error this package throws on bad input. `code` is stable; the message is for people. */
export class ProbeError extends Error {
  override readonly name: string = 'ProbeError'
  readonly code: ProbeErrorCode

  constructor(code: ProbeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An option that is out of its range. */
export class InvalidOptionError extends ProbeError {
  override readonly name = 'InvalidOptionError'
  readonly option: string
  readonly value: unknown

  constructor(caller: string, option: string, expected: string, value: unknown) {
    super('INVALID_OPTION', `${caller}: ${option} expected ${expected}, got ${String(value)}`)
    this.option = option
    this.value = value
  }
}

/** Arrays whose sizes do not fit each other. */
export class ShapeError extends ProbeError {
  override readonly name = 'ShapeError'
  /** What has the wrong size, such as `labels`. */
  readonly what: string
  readonly actual: number

  constructor(caller: string, what: string, expected: string, actual: number) {
    super('SHAPE', `${caller}: ${what} expected ${expected}, got ${actual}`)
    this.what = what
    this.actual = actual
  }
}

/** A feature that is not a finite number. */
export class InvalidFeatureError extends ProbeError {
  override readonly name = 'InvalidFeatureError'
  /** From 0. */
  readonly row: number
  /** From 0. */
  readonly column: number
  readonly value: number

  constructor(caller: string, row: number, column: number, value: number) {
    super('INVALID_FEATURE', `${caller}: features[${row}, ${column}] expected a finite number, got ${value}`)
    this.row = row
    this.column = column
    this.value = value
  }
}

/** A label that is neither of the two classes. */
export class InvalidLabelError extends ProbeError {
  override readonly name = 'InvalidLabelError'
  /** The label's index, from 0. */
  readonly index: number
  readonly value: unknown

  constructor(caller: string, index: number, expected: string, value: unknown) {
    super('INVALID_LABEL', `${caller}: labels[${index}] expected ${expected}, got ${String(value)}`)
    this.index = index
    this.value = value
  }
}

/** Examples of one class only, from which nothing can be learnt. */
export class OneClassError extends ProbeError {
  override readonly name = 'OneClassError'
  readonly positives: number
  readonly negatives: number

  constructor(caller: string, what: string, positives: number, negatives: number) {
    super(
      'ONE_CLASS',
      `${caller}: ${what} expected both classes, got ${positives} positive and ${negatives} negative`
    )
    this.positives = positives
    this.negatives = negatives
  }
}

/** Fewer examples, or groups of them, than folds. */
export class FoldsError extends ProbeError {
  override readonly name = 'FoldsError'
  readonly folds: number
  /** Examples or groups that there are. */
  readonly available: number

  constructor(caller: string, what: 'examples' | 'groups', folds: number, available: number) {
    super('FOLDS', `${caller}: expected at least ${folds} ${what} for ${folds} folds, got ${available}`)
    this.folds = folds
    this.available = available
  }
}

/** A file of a probe that cannot be read: damaged, of another version, or made for something else. */
export class ProbeFormatError extends ProbeError {
  override readonly name = 'ProbeFormatError'
  /** The field, such as `neurons[3].weight`; empty for the whole document. */
  readonly path: string
  readonly value: unknown

  constructor(path: string, expected: string, value: unknown, options?: ErrorOptions) {
    const where = path === '' ? '' : `${path} `
    super('FORMAT', `probeFromJson: ${where}expected ${expected}, got ${describe(value)}`, options)
    this.path = path
    this.value = value
  }
}

const longest = 60

function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}
