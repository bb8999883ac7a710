import {
  add,
  expandDims,
  mul,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  unstack,
  zeros
} from '@tensorflow/tfjs-core'
import { floatSpecs, type SequenceArchitecture, type SequenceConfig } from '../architecture.js'
import { type NamedFunction, prefixed, type Specs, withPrefix } from '../engines/named-program.js'
import { preparedSpecs } from '../engines/prepare.js'
import type { HostArray, TensorSpec } from '../engines/types.js'
import { crossEntropyOf } from '../tensors/cross-entropy.js'

/** Rows that are read together. */
export const readerRows = 32

/** What a window is read for; what is not asked for is not computed. */
export interface ReadingKind {
  /** `T`. */
  readonly window: number
  /** Whether the word that follows each is predicted. */
  readonly predicts: boolean
  /** Whether the readout is added up over the words. */
  readonly isSummed: boolean
}

/** The width `H` of an architecture's readout. */
export function readoutWidth<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config
): number {
  return architecture.state(config)[architecture.readout]![0]!
}

/**
 * Reads a window of tokens in every row.
 *
 * It takes `state.…`, the `last` readout `[B, H]`, `ids`, `mask` and perhaps `targets`, `[T, B]`, and what the model is told,
 * `input.…`, `[T, B, …]`. It gives `state.…`, `last`, `loss`, `[B]`, and perhaps `sum`, `[B, H]`. Where the mask is 0, a row has
 * ended: its loss, sum and last readout stay as they are.
 *
 * @param weights The prepared arrays, if they are the same in every run. Otherwise the program takes them as `weight.…`.
 */
export function readerFunction<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config,
  { window, predicts, isSummed }: ReadingKind,
  weights?: Readonly<Record<string, HostArray>>
): NamedFunction {
  const prepared = prefixed('weight', preparedSpecs(architecture, config))
  const states = floatSpecs(architecture.state(config), readerRows)
  const words: TensorSpec = { shape: [window, readerRows], dtype: 'int32' }
  const floats: TensorSpec = { ...words, dtype: 'float32' }
  const readout: TensorSpec = { shape: [readerRows, readoutWidth(architecture, config)], dtype: 'float32' }
  return {
    ...(weights === undefined
      ? { key: `read ${architecture.format} ${JSON.stringify([config, predicts, isSummed])}` }
      : { constants: { specs: prepared, values: prefixed('weight', weights) } }),
    inputs: {
      ...(weights === undefined && prepared),
      ...prefixed('state', states),
      last: readout,
      mask: floats,
      ids: words,
      ...(predicts && { targets: words }),
      ...prefixed('input', inWindow(architecture.inputs(config), window))
    },
    outputs: [...Object.keys(prefixed('state', states)), 'last', 'loss', ...(isSummed ? ['sum'] : [])],
    compute(inputs) {
      const tables = withPrefix('weight', inputs)
      const told = Object.entries(withPrefix('input', inputs)).map(
        ([name, tensor]) => [name, unstack(tensor)] as const
      )
      const masks = unstack(inputs.mask!)
      const followers = inputs.targets === undefined ? [] : (unstack(inputs.targets) as Tensor1D[])
      const { settling } = architecture
      let state = withPrefix('state', inputs)
      let last = inputs.last as Tensor2D
      let loss = zeros([readerRows]) as Tensor1D
      let sum: Tensor2D | undefined
      for (const [t, id] of unstack(inputs.ids!).entries()) {
        const beside = Object.fromEntries(told.map(([name, rows]) => [name, rows[t]!]))
        const step = architecture.step(tables, { ...beside, id }, state, config)
        state = { ...state, ...step.state }
        if (settling !== undefined && (t + 1) % settling.every === 0) {
          state = settling.settle(state, config) as Record<string, Tensor>
        }
        const column = expandDims(masks[t]!, 1) as Tensor2D // (B, 1)
        const shown = mul(column, state[architecture.readout]!) as Tensor2D // (B, H)
        last = add(shown, mul(sub(1, column), last)) as Tensor2D
        if (isSummed) sum = sum === undefined ? shown : (add(sum, shown) as Tensor2D)
        const follower = followers[t]
        if (follower !== undefined) {
          loss = add(loss, mul(masks[t]!, crossEntropyOf(step.logits(), follower))) as Tensor1D
        }
      }
      return { ...prefixed('state', state), last, loss, ...(sum !== undefined && { sum }) }
    }
  }
}

/** Specs of one row as those of a window of rows. */
function inWindow(specs: Specs, window: number): Specs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [
      name,
      { shape: [window, readerRows, ...shape], dtype }
    ])
  )
}
