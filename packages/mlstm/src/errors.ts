/** What every error of this package extends: a stable `code` for programs, a full sentence for people. */
export class MlstmError extends Error {
  override readonly name: string = 'MlstmError'

  constructor(
    /** Stable identifier, for example `model-format`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** A model folder or checkpoint that cannot be used: missing, damaged, or made for something else. */
export class ModelFormatError extends MlstmError {
  override readonly name = 'ModelFormatError'

  constructor(
    /** The file at fault, relative to the model folder. */
    readonly file: string,
    /** What was expected and what came. */
    readonly problem: string,
    options?: ErrorOptions
  ) {
    super('model-format', `${file}: ${problem}`, options)
  }
}

/** An option outside its range. */
export class InvalidOptionError extends MlstmError {
  override readonly name = 'InvalidOptionError'

  constructor(
    /** Path of the option, for example `generate.temperature`. */
    readonly option: string,
    readonly expected: string,
    readonly received: unknown
  ) {
    super('invalid-option', `${option} expected ${expected}, got ${String(received)}`)
  }
}

/** An array whose shape or type is not the one a program was compiled for. */
export class ShapeError extends MlstmError {
  override readonly name = 'ShapeError'

  constructor(
    readonly value: string,
    readonly expected: string,
    readonly received: string
  ) {
    super('shape', `${value} expected ${expected}, got ${received}`)
  }
}

/** A number that should be finite is infinite or none, as those of a training that diverges. */
export class NotFiniteError extends MlstmError {
  override readonly name = 'NotFiniteError'

  constructor(readonly value: string) {
    super('not-finite', `${value} is not a finite number: training has diverged; a lower learning rate helps`)
  }
}

/**
 * Throws unless every number is finite.
 *
 * @param name What the error calls the array.
 * @param when What it says behind the name.
 */
export function requireFinite(name: string, values: ArrayLike<number>, when = ''): void {
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) throw new NotFiniteError(`${name}[${k}]${when}`)
  }
}

/** A tfjs backend that cannot be loaded here. The message says what to install. */
export class BackendError extends MlstmError {
  override readonly name = 'BackendError'

  constructor(
    readonly backend: string,
    message: string,
    options?: ErrorOptions
  ) {
    super('backend', message, options)
  }
}

/** Throws unless `value` is an integer in `[min, max]`. */
export function requireInteger(
  option: string,
  value: number,
  min: number,
  max = Number.MAX_SAFE_INTEGER
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  const range = max === Number.MAX_SAFE_INTEGER ? `an integer ≥ ${min}` : `an integer from ${min} to ${max}`
  throw new InvalidOptionError(option, range, value)
}

/** Throws unless `value` is a finite number in `(min, max]`. */
export function requirePositive(option: string, value: number, max = Number.POSITIVE_INFINITY): void {
  if (Number.isFinite(value) && value > 0 && value <= max) return
  const range = Number.isFinite(max) ? `a number above 0, at most ${max}` : 'a number above 0'
  throw new InvalidOptionError(option, range, value)
}
