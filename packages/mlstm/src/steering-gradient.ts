import {
  add,
  clone,
  keep,
  mul,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  unstack,
  valueAndGrads
} from '@tensorflow/tfjs-core'
import {
  crossEntropyOf,
  floatSpecs,
  type Handle,
  type Loan,
  type NamedFunction,
  type OpenedModel,
  prefixed,
  preparedSpecs,
  registerGradients,
  release,
  type TensorSpec,
  type Tensors,
  type Value,
  withPrefix
} from '@vgm/nn'
import type { CellState } from './cell.js'
import { tableNetwork } from './network.js'
import { memoryChange } from './steering.js'
import type { MlstmConfig } from './types.js'

/** Words after which the gradient is cut. */
const longestWindow = 64

/** The gradient of a window's weighted cross-entropy by the shift, and the state after the window. */
function windowGradient(inputs: Tensors): Tensors {
  registerGradients()
  const { shift, h, c, ids, targets, weights } = inputs as Record<string, Tensor2D>
  const tables = withPrefix('table', inputs)
  const words = unstack(ids!) as Tensor1D[]
  const followers = unstack(targets!) as Tensor1D[]
  const shares = unstack(weights!)
  let end: CellState | undefined
  const { grads } = valueAndGrads((current: Tensor) => {
    const model = tableNetwork(tables, memoryChange(current as Tensor2D))
    let state: CellState = { h: h!, c: c! }
    let total: Tensor | undefined
    for (const [t, word] of words.entries()) {
      state = model.step(word, state)
      const loss = mul(shares[t]!, crossEntropyOf(model.logits(state.h), followers[t]!)) // (B)
      total = total === undefined ? loss : add(total, loss)
    }
    end = { h: keep(clone(state.h)), c: keep(clone(state.c)) }
    return sum(total!)
  })([shift!])
  return { gradient: grads[0]!, ...end! }
}

/** How the likelihood of pieces depends on what is added to the memory at every word. */
export class SteeringGradient {
  private constructor(
    readonly config: MlstmConfig,
    /** `B`. */
    readonly batch: number,
    /** `T`, the words that are read in one run. */
    readonly window: number,
    readonly loan: Loan
  ) {}

  /**
   * @param batch `B`, the pieces that are read side by side.
   * @param words How many words the pieces have at most.
   */
  static async create(
    opened: OpenedModel<MlstmConfig>,
    batch: number,
    words: number
  ): Promise<SteeringGradient> {
    const { architecture, config, weights } = opened
    const window = Math.min(words, longestWindow)
    const { units } = config
    const ids: TensorSpec = { shape: [window, batch], dtype: 'int32' }
    const make = (): NamedFunction => ({
      constants: {
        specs: prefixed('table', preparedSpecs(architecture, config)),
        values: prefixed('table', weights)
      },
      inputs: {
        ...floatSpecs({ shift: [1, units], h: [batch, units], c: [batch, units] }),
        ids,
        targets: ids,
        weights: { ...ids, dtype: 'float32' }
      },
      outputs: ['gradient', 'h', 'c'],
      compute: windowGradient
    })
    const loan = await opened.borrow(`steering-gradient ${batch} ${window}`, make)
    return new SteeringGradient(config, batch, window, loan)
  }

  /**
   * The gradient of `Σ weight · log-likelihood / words` with respect to the shift, `[H]`; it is cut every 64 words.
   *
   * @param shift What is added to the cell state after its update, `[1, H]`.
   * @param pieces `B` pieces of ids; each is read after `endOfPiece`.
   * @param weights One for each piece, `[B]`.
   */
  async of(
    shift: Float32Array,
    pieces: readonly Uint16Array[],
    weights: ArrayLike<number>,
    endOfPiece: number,
    signal?: AbortSignal
  ): Promise<Float64Array> {
    const { batch, window, config } = this
    const total = pieces.reduce((count, { length }) => count + length, 0)
    const longest = pieces.reduce((most, { length }) => Math.max(most, length), 0)
    const gradient = new Float64Array(config.units)
    const zeros = () => new Float32Array(batch * config.units)
    let state: Readonly<Record<'h' | 'c', Value>> = { h: zeros(), c: zeros() }
    let owned: readonly Handle[] = []
    try {
      for (let start = 0; start < longest; start += window) {
        signal?.throwIfAborted()
        const ids = new Int32Array(window * batch)
        const targets = new Int32Array(window * batch)
        const shares = new Float32Array(window * batch)
        for (const [row, piece] of pieces.entries()) {
          for (let t = 0; t < Math.min(window, piece.length - start); t++) {
            const at = t * batch + row
            ids[at] = piece[start + t - 1] ?? endOfPiece
            targets[at] = piece[start + t]!
            shares[at] = -weights[row]! / total
          }
        }
        const results = await this.loan.program.run({ shift, ...state, ids, targets, weights: shares })
        release(owned)
        owned = Object.values(results)
        state = { h: results.h!, c: results.c! }
        const values = await results.gradient!.read()
        for (let unit = 0; unit < gradient.length; unit++) gradient[unit]! += values[unit]!
      }
    } finally {
      release(owned)
    }
    return gradient
  }

  dispose(): void {
    this.loan.release()
  }
}
