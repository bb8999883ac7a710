import { ProbeFormatError } from '../errors.js'

/** Reads one kind of value. @throws {ProbeFormatError} with the path, if it is another. */
type Reader<T> = (path: string, value: unknown) => T

/** `undefined` for a field that is not there. */
export function readOptional<T>(path: string, value: unknown, read: Reader<T>): T | undefined {
  return value === undefined ? undefined : read(path, value)
}

export function readObject(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new ProbeFormatError(path, 'an object', value)
}

export function readArray<T>(path: string, value: unknown, read: Reader<T>): T[] {
  if (!Array.isArray(value)) throw new ProbeFormatError(path, 'an array', value)
  return value.map((each: unknown, index) => read(`${path}[${index}]`, each))
}

export function readText(path: string, value: unknown): string {
  if (typeof value !== 'string') throw new ProbeFormatError(path, 'a text', value)
  return value
}

export function readBoolean(path: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ProbeFormatError(path, 'true or false', value)
  return value
}

export function readNumber(
  path: string,
  value: unknown,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY
): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value
  throw new ProbeFormatError(path, `a finite number${rangeOf(least, most)}`, value)
}

export function readInteger(
  path: string,
  value: unknown,
  least: number,
  most = Number.POSITIVE_INFINITY
): number {
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number
  throw new ProbeFormatError(path, `an integer${rangeOf(least, most)}`, value)
}

function rangeOf(least: number, most: number): string {
  if (least === Number.NEGATIVE_INFINITY) return ''
  const from = least === Number.MIN_VALUE ? ' above 0' : ` from ${least}`
  return most === Number.POSITIVE_INFINITY ? from : `${from} to ${most}`
}
