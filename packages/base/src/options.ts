import { InvalidOptionError } from './errors.js'

/**
 * Throws unless `value` is an integer in `[min, max]`.
 *
 * @throws {InvalidOptionError} naming the option.
 */
export function requireInteger(
  caller: string | undefined,
  option: string,
  value: number,
  min: number,
  max = Number.MAX_SAFE_INTEGER
): void {
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new InvalidOptionError(
    caller,
    option,
    `an integer ${rangeOf(min, max, Number.MAX_SAFE_INTEGER)}`,
    value
  )
}

/**
 * Throws unless `value` is a finite number in `[min, max]`.
 *
 * @throws {InvalidOptionError} naming the option.
 */
export function requireNumber(
  caller: string | undefined,
  option: string,
  value: number,
  min: number,
  max = Number.POSITIVE_INFINITY
): void {
  if (Number.isFinite(value) && value >= min && value <= max) return
  throw new InvalidOptionError(
    caller,
    option,
    `a number ${rangeOf(min, max, Number.POSITIVE_INFINITY)}`,
    value
  )
}

/**
 * Throws unless `value` is a finite number in `(0, max]`.
 *
 * @throws {InvalidOptionError} naming the option.
 */
export function requirePositive(
  caller: string | undefined,
  option: string,
  value: number,
  max = Number.POSITIVE_INFINITY
): void {
  if (Number.isFinite(value) && value > 0 && value <= max) return
  const range = Number.isFinite(max) ? `above 0, at most ${max}` : 'above 0'
  throw new InvalidOptionError(caller, option, `a number ${range}`, value)
}

/**
 * Throws unless `value` is one of the choices.
 *
 * @throws {InvalidOptionError} naming the option and the choices.
 */
export function requireOneOf<T>(
  caller: string | undefined,
  option: string,
  value: unknown,
  choices: readonly T[]
): asserts value is T {
  if (choices.includes(value as T)) return
  const [last, ...others] = choices
    .map(choice => (typeof choice === 'string' ? `'${choice}'` : String(choice)))
    .reverse()
  const list = others.length === 0 ? last! : `${others.reverse().join(', ')} or ${last}`
  throw new InvalidOptionError(caller, option, list, value)
}

function rangeOf(min: number, max: number, unbounded: number): string {
  return max === unbounded ? `≥ ${min}` : `from ${min} to ${max}`
}
