import {
  add,
  concat,
  mul,
  reshape,
  type Scalar,
  split,
  sum,
  type Tensor1D,
  type Tensor2D,
  zeros
} from '@tensorflow/tfjs-core'
import {
  type Chance,
  crossEntropyOf,
  hotRows,
  type Shapes,
  sharedProduct,
  type Tensors,
  type TrainableArchitecture
} from '@vgm/nn'
import { type CellState, cell } from './cell.js'
import { configSchema } from './mlstm.js'
import { gateOrder, initialWeights, parameterShapes } from './parameters.js'
import type { MlstmConfig } from './types.js'

/** The shapes of a language model, but for one column in `wo` and `bo`. */
function classifierShapes(config: MlstmConfig): Shapes {
  return { ...parameterShapes(config), wo: [config.units, 1], bo: [1] }
}

/**
 * An mLSTM that tells sequences of two kinds apart: the cell of the language model, and a logistic unit on the hidden state
 * after the last word.
 *
 * A batch has `ids`, `[T, B]` int32, `labels`, `[B]` int32, 1 or 0, and `weights`, `[B]`, a row's share of the loss.
 *
 * @source Ferreira & Whitehead 2019, §5: the supervised mLSTM
 */
export const mlstmClassifier: TrainableArchitecture<MlstmConfig> = {
  format: 'vgm-mlstm-classifier',
  config: configSchema,
  facts: { gateOrder },
  parameters: classifierShapes,
  initial(config, random) {
    // The last layer leans to neither side.
    const last = { wo: new Float32Array(config.units), bo: new Float32Array(1) }
    return { ...initialWeights(config, random), ...last }
  },
  carried: () => ({}),
  dropouts: ['output'],
  window(parameters, { ids, labels, weights }, _, { chance }) {
    const odds = logOdds(parameters, ids as Tensor2D, chance)
    const losses = crossEntropyOf(concat([zeros(odds.shape), odds], 1), labels as Tensor1D) // (B)
    return { loss: sum(mul(losses, weights!)) as Scalar, state: {} }
  }
}

/**
 * The log-odds of a positive label, `[B, 1]`, from the hidden state after the last of the words `[T, B]`. What the words bring
 * to the cell is worked out for all time steps at once, in few large products.
 */
export function logOdds(parameters: Tensors, ids: Tensor2D, chance: Chance): Tensor2D {
  const { embedding, wx, wmx, wmh, wm, b, wo, bo } = parameters as Record<string, Tensor2D>
  const [words, batch] = ids.shape
  const hot = hotRows(reshape(ids, [words * batch]) as Tensor1D, embedding!.shape[0])
  const x = sharedProduct(embedding!)(hot) // (TB, E)
  const multipliers = split(sharedProduct(wmx!)(x), words) as Tensor2D[] // (B, H) each
  const gates = split(add(sharedProduct(wx!)(x), b!), words) as Tensor2D[] // (B, 4H) each
  const products = { wmh: sharedProduct(wmh!), wm: sharedProduct(wm!) }
  const units = wmh!.shape[0]
  const start = zeros([batch, units]) as Tensor2D
  let state: CellState = { h: start, c: start }
  for (const [t, multiplier] of multipliers.entries()) {
    state = cell({ multiplier, gates: gates[t]! }, products, state)
  }
  const mask = chance.mask('output', [batch, units])
  const seen = mask === undefined ? state.h : (mul(state.h, mask) as Tensor2D)
  return add(sharedProduct(wo!)(seen), bo!) as Tensor2D
}
