/** A stable identifier of a kind of error, in capitals: `INVALID_OPTION`. */
export type ErrorCode = Uppercase<string>

/** Where an error comes from, and its cause. */
export interface VgmErrorOptions extends ErrorOptions {
  /** The public function that was called, such as `parseMidi`. It begins the message. */
  readonly caller?: string | undefined
}

/**
 * The base of every error that an `@vgm` package throws on bad input.
 *
 * Programs tell errors apart by `code`, which is stable. The message is for people: `caller: problem`.
 */
export class VgmError extends Error {
  override readonly name: string = 'VgmError'
  /** Stable identifier, such as `INVALID_OPTION`. */
  readonly code: ErrorCode
  /** What was expected and what came, without the caller. */
  readonly problem: string
  /** The public function that was called, such as `parseMidi`. */
  readonly caller: string | undefined

  constructor(code: ErrorCode, problem: string, { caller, ...options }: VgmErrorOptions = {}) {
    super(caller === undefined ? problem : `${caller}: ${problem}`, options)
    this.code = code
    this.problem = problem
    this.caller = caller
  }
}

/** An option or argument that is out of its range. */
export class InvalidOptionError extends VgmError {
  override readonly name = 'InvalidOptionError'

  constructor(
    caller: string | undefined,
    /** Path of the option, such as `temperature` or `notes[3].pitch`. */
    readonly option: string,
    readonly expected: string,
    readonly value: unknown,
    /** How the message shows the value. */
    shown: string = quoted(value)
  ) {
    super('INVALID_OPTION', `${option} expected ${expected}, got ${shown}`, { caller })
  }
}

/** An array whose shape or type does not fit. */
export class ShapeError extends VgmError {
  override readonly name = 'ShapeError'

  constructor(
    caller: string | undefined,
    /** What has the wrong shape, such as `labels`. */
    readonly what: string,
    readonly expected: string,
    readonly received: string | number
  ) {
    super('SHAPE', `${what} expected ${expected}, got ${received}`, { caller })
  }
}

const longest = 60

/** A value as a message shows it: strings in quotes, long ones cut. */
export function quoted(value: unknown): string {
  const text =
    typeof value === 'string' || isPlain(value) ? (JSON.stringify(value) ?? String(value)) : String(value)
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || value.constructor === Object)
}
