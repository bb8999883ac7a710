import { ShapeError } from '@vgm/base'
import type { Probe } from './types.js'

/** A column that a probe uses. */
export interface NeuronWeight {
  /** The column's index, from 0. */
  readonly neuron: number
  /** Positive where high values speak for a positive label; not 0. */
  readonly weight: number
  /** The column's name, where names were given. */
  readonly name?: string
}

/**
 * The columns that a probe uses, the heaviest first, in either direction.
 *
 * @param names Of all columns, `[H]`.
 * @throws {ShapeError} unless there are as many names as weights.
 */
export function neuronsOf({ weights }: Pick<Probe, 'weights'>, names?: readonly string[]): NeuronWeight[] {
  if (names !== undefined && names.length !== weights.length) {
    throw new ShapeError('neuronsOf', 'names', String(weights.length), names.length)
  }
  return Array.from(weights, (weight, neuron) => {
    const name = names?.[neuron]
    return { neuron, weight, ...(name === undefined ? {} : { name }) }
  })
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.neuron - b.neuron)
}
