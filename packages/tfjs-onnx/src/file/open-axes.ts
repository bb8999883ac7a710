import { ShapeError } from '@vgm/base'
import type { TensorSpec, Value } from '../types.js'

/** Shape and type of an input, in which names stand for lengths that are left open. */
export interface OpenSpec {
  /** For example `['batch', 512]`. Axes of one name have one length. */
  readonly shape: readonly (number | string)[]
  readonly dtype: TensorSpec['dtype']
}

/** An axis of open length, and two lengths to try. */
export interface OpenAxis {
  readonly name: string
  readonly lengths: readonly [number, number]
}

/** A length for each open axis. */
export type Lengths = ReadonlyMap<string, number>

/** Lengths that share no factor with each other and hardly ever come by chance. */
const primes = [
  [61, 67],
  [71, 73],
  [79, 83],
  [89, 97],
  [101, 103],
  [107, 109]
] as const

/** Lengths below and above what functions usually compare a length with. */
const [low, high] = [2, 1031]

/**
 * The open axes of some inputs.
 *
 * @throws {ShapeError} if there are more than six.
 */
export function openAxesOf(specs: readonly OpenSpec[]): OpenAxis[] {
  const lengths = specs.flatMap(({ shape }) => shape)
  const names = [...new Set(lengths.filter(length => typeof length === 'string'))]
  if (names.length > primes.length) {
    throw new ShapeError('toOnnx', 'named axes', `at most ${primes.length}`, `${names.length}`)
  }
  return names.map((name, k) => ({ name, lengths: primes[k]! }))
}

/** The first or the second length of every axis. */
export function lengthsOf(axes: readonly OpenAxis[], trial: 0 | 1): Lengths {
  return new Map(axes.map(({ name, lengths }) => [name, lengths[trial]]))
}

/** Further lengths for which a function must do what it does for the first: all low, and each high or 1 by itself. */
export function otherLengthsOf(axes: readonly OpenAxis[]): readonly Lengths[] {
  const allLow: Lengths = new Map(axes.map(({ name }) => [name, low]))
  const first = lengthsOf(axes, 0)
  const single = axes.flatMap(({ name }) => [
    new Map([...allLow, [name, high]]),
    new Map([...first, [name, 1]])
  ])
  return [allLow, ...single]
}

/** The specs with such lengths. */
export function closeAxes(specs: readonly OpenSpec[], lengths: Lengths): TensorSpec[] {
  return specs.map(({ shape, dtype }) => ({
    shape: shape.map(length => (typeof length === 'string' ? lengths.get(length)! : length)),
    dtype
  }))
}

/** The names of a value's open axes, found by comparing its shapes for the two trials. */
export function nameAxes(
  axes: readonly OpenAxis[],
  first: Value,
  second: Value
): readonly (string | undefined)[] {
  return first.shape.map((length, k) => {
    const other = second.shape[k]!
    if (length === other) return undefined
    const axis = axes.find(({ lengths }) => lengths[0] === length && lengths[1] === other)
    return axis?.name ?? `${first.name}_${k}`
  })
}
