import { add, mul, type Tensor2D } from '@tensorflow/tfjs-core'
import { InvalidOptionError, requireInteger, requireOneOf, ShapeError } from '@vgm/base'
import type { HeldInputs } from '@vgm/nn'
import type { MemoryChange } from './cell.js'
import type { MlstmConfig } from './types.js'

/** What is done to some units' memory at every word that the model reads while it composes. */
export interface Steering {
  /** Which units, `[K]`, each from 0 to `H − 1` and named once. */
  readonly neurons: Int32Array
  /** One number for each of them: `[K]` for all pieces alike, or row-major `[B, K]`, a row for each piece. */
  readonly offsets: Float32Array
  /**
   * `add`: the offset is added to the cell state after its update, before the hidden state is taken from it; the sum is what
   * is carried on, so that the offset works again at every word. `set`: the cell state is replaced by the offset at the same
   * place, as the code published with the paper does.
   */
  readonly mode: 'add' | 'set'
}

/**
 * Throws unless the steering fits.
 *
 * @param units `H`.
 * @param count `B`, the number of pieces.
 * @throws {InvalidOptionError} if a unit is not one of the model's, or named twice, or an offset is no number.
 * @throws {ShapeError} if there are neither `K` nor `B · K` offsets.
 */
export function requireSteering({ neurons, offsets, mode }: Steering, units: number, count: number): void {
  requireOneOf(undefined, 'steering.mode', mode, ['add', 'set'] as const)
  const seen = new Set<number>()
  for (const [k, neuron] of neurons.entries()) {
    requireInteger(undefined, `steering.neurons[${k}]`, neuron, 0, units - 1)
    if (seen.has(neuron))
      throw new InvalidOptionError(undefined, `steering.neurons[${k}]`, 'each unit once', neuron)
    seen.add(neuron)
  }
  const expected = neurons.length
  if (offsets.length !== expected && offsets.length !== count * expected) {
    throw new ShapeError(
      undefined,
      'steering.offsets',
      `${expected} or ${count} × ${expected} numbers`,
      offsets.length
    )
  }
  const strange = offsets.findIndex(offset => !Number.isFinite(offset))
  if (strange >= 0) {
    throw new InvalidOptionError(
      undefined,
      `steering.offsets[${strange}]`,
      'a finite number',
      offsets[strange]
    )
  }
}

/**
 * A steering as inputs that are held while {@link mlstm} composes: the cell state becomes `c ⊙ kept + shift`. `shift`, `[1, H]` or
 * `[B, H]`, is added; `kept`, `[1, H]`, is 0 where the cell state is replaced, and left out where it never is.
 *
 * @param config The sizes of the model.
 * @param count `B`, the number of pieces.
 * @throws {InvalidOptionError} if a unit is not one of the model's, or named twice, or an offset is not finite.
 * @throws {ShapeError} if there are neither `K` nor `B · K` offsets.
 */
export function steeringInputs(
  steering: Steering,
  { units }: Pick<MlstmConfig, 'units'>,
  count = 1
): HeldInputs {
  requireSteering(steering, units, count)
  const { neurons, offsets, mode } = steering
  const rows = neurons.length === 0 ? 1 : offsets.length / neurons.length
  const kept = new Float32Array(units).fill(1)
  const shift = new Float32Array(rows * units)
  for (const [k, neuron] of neurons.entries()) {
    if (mode === 'set') kept[neuron] = 0
    for (let row = 0; row < rows; row++) shift[row * units + neuron] = offsets[row * neurons.length + k]!
  }
  return {
    shift: { spec: { shape: [rows, units], dtype: 'float32' }, values: shift },
    ...(kept.includes(0) && { kept: { spec: { shape: [1, units], dtype: 'float32' }, values: kept } })
  }
}

/**
 * The steering as part of a cell.
 *
 * @param kept `[1, H]`; leave it out where nothing is replaced.
 * @param shift `[1, H]` or `[B, H]`.
 */
export function memoryChange(shift: Tensor2D, kept?: Tensor2D): MemoryChange {
  return c => add(kept === undefined ? c : mul(c, kept), shift) as Tensor2D
}
