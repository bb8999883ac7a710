import { add, gather, matMul, mul, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { type Chance, constantProduct, hotRows, type Shapes, sharedProduct, type Tensors } from '@vgm/nn'
import { type CellState, cell, type MemoryChange } from './cell.js'
import type { MlstmConfig } from './types.js'

/** The whole language model as functions of one time step. */
export interface Network {
  /** Reads one word per row, `[B]` int32, and returns the next state. */
  step(ids: Tensor1D, state: CellState): CellState
  /** The unnormalised log-probabilities of the next word, `[B, V]`, from a hidden state `[B, H]`. */
  logits(h: Tensor2D): Tensor2D
}

/** `x` with a mask's numbers left out. */
function masked(x: Tensor2D, mask: Tensor | undefined): Tensor2D {
  return mask === undefined ? x : (mul(x, mask) as Tensor2D)
}

/**
 * The network with the given parameters, as it is trained.
 *
 * @param parameters The tensors of {@link parameterShapes}.
 * @param batch `B`.
 * @param chance What is left out: one mask for all time steps of a window, not one for each.
 * @source Gal & Ghahramani 2016 for the masks
 */
export function network(parameters: Tensors, batch: number, chance: Chance): Network {
  const { embedding, wx, wmx, wmh, wm, b, wo, bo } = parameters as Record<string, Tensor2D>
  const [vocabularySize, width] = embedding!.shape
  const [units] = wmh!.shape
  const ofEmbedding = chance.mask('embedding', [batch, width])
  const ofRecurrence = chance.mask('recurrent', [batch, units])
  const ofOutput = chance.mask('output', [batch, units])
  const lookUp = sharedProduct(embedding!)
  const project = sharedProduct(wo!)
  const toGates = sharedProduct(wx!)
  const toMultiplier = sharedProduct(wmx!)
  const toProduct = sharedProduct(wmh!)
  const products = {
    wmh: (h: Tensor2D) => toProduct(masked(h, ofRecurrence)),
    wm: sharedProduct(wm!)
  }
  return {
    step(ids, state) {
      const x = masked(lookUp(hotRows(ids, vocabularySize)), ofEmbedding)
      return cell({ multiplier: toMultiplier(x), gates: add(toGates(x), b!) as Tensor2D }, products, state)
    },
    logits: h => add(project(masked(h, ofOutput)), bo!) as Tensor2D // (B, V)
  }
}

/**
 * The shapes of a model's weights as they are best read: what each word brings to the cell, `x·Wmx` and `x·Wx + b`, worked out
 * once for the whole vocabulary, and the matrices of the cell and of the prediction.
 */
export function tableShapes({ vocabularySize: V, units: H }: MlstmConfig): Shapes {
  return { multipliers: [V, H], gates: [V, 4 * H], wmh: [H, H], wm: [H, 4 * H], wo: [H, V], bo: [V] }
}

/** What each word brings to the cell: `x·Wmx` `[V, H]` and `x·Wx + b` `[V, 4H]`. */
export function wordTables(parameters: Tensors): { multipliers: Tensor2D; gates: Tensor2D } {
  const { embedding, wx, wmx, b } = parameters as Record<string, Tensor2D>
  return {
    multipliers: matMul(embedding!, wmx!),
    gates: add(matMul(embedding!, wx!), b!) as Tensor2D
  }
}

/**
 * The network that reads from tables. It computes what {@link network} does, with fewer products; it has a gradient
 * with respect to the state and the steering alone.
 *
 * @param tables Those of {@link tableShapes}.
 * @param steer What is done to the cell state after its update; nothing by default.
 */
export function tableNetwork(tables: Tensors, steer?: MemoryChange): Network {
  const { multipliers, gates, wmh, wm, wo, bo } = tables as Record<string, Tensor2D>
  const products = { wmh: constantProduct(wmh!), wm: constantProduct(wm!) }
  const project = constantProduct(wo!)
  return {
    step(ids, state) {
      const input = { multiplier: gather(multipliers!, ids), gates: gather(gates!, ids) }
      return cell(input, products, state, steer)
    },
    logits: h => add(project(h), bo!) as Tensor2D // (B, V)
  }
}
