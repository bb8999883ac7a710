import {
  add,
  div,
  expandDims,
  mul,
  type Scalar,
  sum,
  type Tensor1D,
  type Tensor2D,
  unstack
} from '@tensorflow/tfjs-core'
import { crossEntropyOf, type SequenceArchitecture, type Tensors, type WindowContext } from '@vgm/nn'
import * as v from 'valibot'
import type { CellState } from './cell.js'
import { network, tableNetwork, tableShapes, wordTables } from './network.js'
import { gateOrder, initialWeights, parameterShapes } from './parameters.js'
import { memoryChange } from './steering.js'
import type { MlstmConfig } from './types.js'

const size = v.pipe(v.number(), v.integer(), v.minValue(1))

/** The schema of {@link MlstmConfig}. */
export const configSchema = v.object({ vocabularySize: size, embedding: size, units: size })

/**
 * The multiplicative LSTM: for training, composing, reading and storage by `@vgm/nn`.
 *
 * Its state is `h` and `c`, `[B, H]`; probes read `c`. While it composes it takes a steering as held inputs, see
 * {@link steeringInputs}. Training may leave out shares of the `embedding`, of the hidden state on its way to the next time step
 * (`recurrent`), and on its way to the prediction (`output`).
 *
 * @source Krause et al. 2016; Ferreira & Whitehead 2019, §5
 */
export const mlstm: SequenceArchitecture<MlstmConfig> = {
  format: 'vgm-mlstm',
  config: configSchema,
  facts: { gateOrder },
  parameters: parameterShapes,
  initial: initialWeights,
  carried: stateShapes,
  state: stateShapes,
  dropouts: ['embedding', 'recurrent', 'output'],
  inputs: () => ({}),
  readout: 'c',
  prepared: { shapes: tableShapes, compute: wordTables },
  step(tables, { id, shift, kept }, state) {
    const steer = shift && memoryChange(shift as Tensor2D, kept as Tensor2D | undefined)
    const model = tableNetwork(tables, steer)
    const next = model.step(id as Tensor1D, state as unknown as CellState)
    return { logits: () => model.logits(next.h), state: { ...next } }
  },
  window: windowLoss
}

function stateShapes({ units }: MlstmConfig) {
  return { h: [units], c: [units] }
}

/**
 * The mean cross-entropy per word of one window, in nats, and the state after it. Where a row begins a piece its state is zero
 * first, so that the piece begins as every piece does when it is evaluated or composed.
 *
 * @param batch `ids` and `targets`, `[T, B]` int32; if given, `carries`, `[T, B]`, 0 where a word begins a piece, and `weights`,
 *   `[T, B]`, each word's share in the loss.
 */
export function windowLoss(
  parameters: Tensors,
  batch: Tensors,
  start: Tensors,
  { chance }: Pick<WindowContext<MlstmConfig>, 'chance'>
): { loss: Scalar; state: Tensors } {
  const { ids, targets, carries, weights } = batch
  const model = network(parameters, ids!.shape[1]!, chance)
  const followers = unstack(targets!) as Tensor1D[]
  const going = carries && (unstack(carries) as Tensor1D[])
  const shares = weights && (unstack(weights) as Tensor1D[])
  let state = start as unknown as CellState
  let total: Tensor1D | undefined
  for (const [t, word] of (unstack(ids!) as Tensor1D[]).entries()) {
    state = model.step(word, going === undefined ? state : restarted(state, going[t]!))
    const all = crossEntropyOf(model.logits(state.h), followers[t]!) // (B)
    const losses = (shares === undefined ? all : mul(all, shares[t]!)) as Tensor1D
    total = total === undefined ? losses : (add(total, losses) as Tensor1D)
  }
  const loss = weights === undefined ? mul(sum(total!), 1 / ids!.size) : div(sum(total!), sum(weights))
  return { loss: loss as Scalar, state: { ...state } }
}

/** The state, zero in the rows that begin a piece. */
function restarted({ h, c }: CellState, carries: Tensor1D): CellState {
  const column = expandDims(carries, 1) // (B, 1)
  return { h: mul(h, column) as Tensor2D, c: mul(c, column) as Tensor2D }
}
