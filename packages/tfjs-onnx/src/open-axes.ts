import { ShapeError } from './errors.js'
import type { TensorSpec, Value } from './types.js'

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

/** Lengths that share no factor with each other and hardly ever come by chance. */
const trials = [
  [61, 67],
  [71, 73],
  [79, 83],
  [89, 97],
  [101, 103],
  [107, 109]
] as const

/**
 * The open axes of some inputs.
 *
 * @throws {ShapeError} if there are more than six.
 */
export function openAxesOf(specs: readonly OpenSpec[]): OpenAxis[] {
  const lengths = specs.flatMap(({ shape }) => shape)
  const names = [...new Set(lengths.filter(length => typeof length === 'string'))]
  if (names.length > trials.length) {
    throw new ShapeError('toOnnx: named axes', `at most ${trials.length}`, `${names.length}`)
  }
  return names.map((name, k) => ({ name, lengths: trials[k]! }))
}

/** The specs with one of the two lengths to try. */
export function closeAxes(specs: readonly OpenSpec[], axes: readonly OpenAxis[], trial: 0 | 1): TensorSpec[] {
  const lengths = new Map(axes.map(axis => [axis.name, axis.lengths[trial]]))
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
