import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { parameterNames, parameterSpecs } from './parameters.js'
import { memoryChange } from './steering.js'
import { tableNetwork, wordTables } from './tables.js'
import type { ModelConfig } from './types.js'

/** Shape and type of one input, in which a name may stand for the number of rows. */
export interface StepSpec<Rows extends number | string> {
  readonly shape: readonly (number | Rows)[]
  readonly dtype: 'float32' | 'int32'
}

/**
 * The inputs of {@link stepFunction} without steering: the parameters in program order, then `id` `[B]` int32, `h` and `c`,
 * each `[B, H]`.
 *
 * @param rows `B`; or its name, for a compiler that leaves it open.
 * @throws {InvalidOptionError} unless every size of the config is a positive integer.
 */
export function stepSpecs<Rows extends number | string>(config: ModelConfig, rows: Rows): StepSpec<Rows>[] {
  const state = { shape: [rows, config.units], dtype: 'float32' } as const
  return [...parameterSpecs(config), { shape: [rows], dtype: 'int32' }, state, state]
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
