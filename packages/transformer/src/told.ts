import { concat, reshape, split, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { hotRows } from '@vgm/nn'
import type { TransformerConfig } from './types.js'

/**
 * The classes of the controls as rows with a one for each, `[N, P]`.
 *
 * @param controls `[…, K]` int32.
 */
export function told(controls: Tensor | undefined, config: TransformerConfig): Tensor2D | undefined {
  const { controls: classes } = config
  if (controls === undefined || classes.length === 0) return undefined
  const columns = split(reshape(controls, [-1, classes.length]), classes.length, 1)
  return concat(
    columns.map((column, k) => hotRows(reshape(column, [-1]) as Tensor1D, classes[k]!)),
    1
  )
}
