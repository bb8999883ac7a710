import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import type { Model } from './model.js'
import { parameterNames, parameterSpecs, weightsInOrder } from './parameters.js'
import { memoryChange, requireSteering, type Steering, steeringArrays } from './steering.js'
import { tableNetwork, wordTables } from './tables.js'
import type { ModelConfig } from './types.js'

/** Shape and type of one input, in which a name may stand for the number of rows. */
export interface StepSpec<Rows extends number | string> {
  readonly shape: readonly (number | Rows)[]
  readonly dtype: 'float32' | 'int32'
}

/**
 * The inputs of {@link stepFunction}: the parameters in program order, what steers them all alike, if anything does, then
 * `id` `[B]` int32, `h` and `c`, each `[B, H]`.
 *
 * @param rows `B`; or its name, for a compiler that leaves it open.
 * @param mode That of the steering, if there is one.
 * @throws {InvalidOptionError} unless every size of the config is a positive integer.
 */
export function stepSpecs<Rows extends number | string>(
  config: ModelConfig,
  rows: Rows,
  mode?: Steering['mode']
): StepSpec<Rows>[] {
  const state = { shape: [rows, config.units], dtype: 'float32' } as const
  const change = { shape: [1, config.units], dtype: 'float32' } as const
  const changes = mode === undefined ? [] : mode === 'add' ? [change] : [change, change]
  return [...parameterSpecs(config), ...changes, { shape: [rows], dtype: 'int32' }, state, state]
}

/**
 * The first inputs of {@link stepFunction}, which are the same at every step: the parameters, and what steers the model.
 *
 * @param steering With one offset for each unit, `[K]`; none by default.
 * @throws {InvalidOptionError | ShapeError} if the steering does not fit.
 */
export function stepConstants({ config, weights }: Model, steering?: Steering): Float32Array[] {
  const parameters = weightsInOrder(config, weights)
  if (steering === undefined) return [...parameters]
  requireSteering(steering, config.units, 1)
  const { shift, kept } = steeringArrays(steering, config.units)
  return [...parameters, shift, ...(steering.mode === 'set' ? [kept] : [])]
}

/**
 * The model as one pure function: reads a word in each row and predicts the next. It is what there is to export. What each
 * word brings to the cell is written as tables of the parameters alone, which a compiler works out once.
 *
 * @param inputs The parameters in program order; then, if the model is steered, `shift` `[1, H]` or `[B, H]`, and `kept`
 *   `[1, H]` if anything is replaced; at last `id` `[B]` int32, from 0 to `V − 1`, `h` and `c`, each `[B, H]`.
 * @returns `logits` `[B, V]`, the unnormalised log-probabilities of the next word, and the next `h` and `c`.
 */
export function stepFunction(...inputs: Tensor[]): Tensor[] {
  const [wmh, wm, wo, bo] = (['wmh', 'wm', 'wo', 'bo'] as const).map(
    name => inputs[parameterNames.indexOf(name)]!
  )
  const [shift, kept] = inputs.slice(parameterNames.length, -3) as [Tensor2D?, Tensor2D?]
  const [id, h, c] = inputs.slice(-3) as [Tensor1D, Tensor2D, Tensor2D]
  const model = tableNetwork(
    [...wordTables(inputs), wmh!, wm!, wo!, bo!],
    shift === undefined ? undefined : memoryChange(shift, kept)
  )
  const next = model.step(id, { h, c })
  return [model.logits(next.h), next.h, next.c] // (B, V), (B, H), (B, H)
}
