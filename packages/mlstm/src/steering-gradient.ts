import {
  add,
  clone,
  keep,
  mul,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  valueAndGrads
} from '@tensorflow/tfjs-core'
import type { CellState } from './cell.js'
import { registerGradients } from './gradients.js'
import { timeSteps } from './network.js'
import { release } from './release.js'
import { memoryChange } from './steering.js'
import { type Tables, tableNetwork, tableSpecs } from './tables.js'
import type { Engine, Handle, ModelConfig, Program, TensorSpec, Value } from './types.js'

/** Words after which the gradient is cut. */
const longestWindow = 64

/** The weighted cross-entropy of a window, its gradient by the shift, and the state after the window. */
function windowGradient(...inputs: Tensor[]): Tensor[] {
  registerGradients()
  const [shift, h, c, ids, targets, weights] = inputs.slice(-6) as [Tensor2D, Tensor2D, Tensor2D, ...Tensor[]]
  const followers = timeSteps(targets!)
  const shares = timeSteps(weights!)
  let end: CellState | undefined
  const { grads } = valueAndGrads((current: Tensor) => {
    const model = tableNetwork(inputs.slice(0, -6), memoryChange(current as Tensor2D))
    let state: CellState = { h, c }
    let total: Tensor | undefined
    for (const [t, word] of timeSteps(ids!).entries()) {
      state = model.step(word, state)
      const loss = mul(shares[t]!, model.crossEntropy(state.h, followers[t] as Tensor1D)) // (B)
      total = total === undefined ? loss : add(total, loss)
    }
    end = { h: keep(clone(state.h)), c: keep(clone(state.c)) }
    return sum(total!)
  })([shift])
  return [grads[0]!, end!.h, end!.c]
}

/** How the likelihood of pieces depends on what is added to the memory at every word. */
export class SteeringGradient {
  private constructor(
    readonly config: ModelConfig,
    readonly rows: number,
    /** `T`, the words that are read in one run. */
    readonly window: number,
    readonly program: Program
  ) {}

  /**
   * @param rows `B`, the pieces that are read side by side.
   * @param words How many words the pieces have at most.
   */
  static async create(engine: Engine, config: ModelConfig, tables: Tables, rows: number, words: number) {
    const window = Math.min(words, longestWindow)
    const state: TensorSpec = { shape: [rows, config.units], dtype: 'float32' }
    const ids: TensorSpec = { shape: [window, rows], dtype: 'int32' }
    const shift: TensorSpec = { shape: [1, config.units], dtype: 'float32' }
    const specs = [
      ...tableSpecs(config),
      shift,
      state,
      state,
      ids,
      ids,
      { ...ids, dtype: 'float32' as const }
    ]
    return new SteeringGradient(
      config,
      rows,
      window,
      await engine.compile(windowGradient, specs, { constants: tables })
    )
  }

  /**
   * The gradient of `Σ weight · log-likelihood / words` with respect to the shift, `[H]`; it is cut every 64 words.
   *
   * @param shift What is added to the cell state after its update, `[H]`.
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
    const { rows, window, config } = this
    const total = pieces.reduce((count, { length }) => count + length, 0)
    const longest = pieces.reduce((most, { length }) => Math.max(most, length), 0)
    const gradient = new Float64Array(config.units)
    let state: readonly Value[] = [
      new Float32Array(rows * config.units),
      new Float32Array(rows * config.units)
    ]
    let owned: readonly Handle[] = []
    try {
      for (let start = 0; start < longest; start += window) {
        signal?.throwIfAborted()
        const ids = new Int32Array(window * rows)
        const targets = new Int32Array(window * rows)
        const shares = new Float32Array(window * rows)
        for (const [row, piece] of pieces.entries()) {
          for (let t = 0; t < Math.min(window, piece.length - start); t++) {
            const at = t * rows + row
            ids[at] = piece[start + t - 1] ?? endOfPiece
            targets[at] = piece[start + t]!
            shares[at] = -weights[row]! / total
          }
        }
        const results = await this.program.run([shift, ...state, ids, targets, shares])
        release(owned)
        owned = results
        state = results.slice(1)
        const values = await results[0]!.read()
        for (let unit = 0; unit < gradient.length; unit++) gradient[unit]! += values[unit]!
      }
    } finally {
      release(owned)
    }
    return gradient
  }

  dispose(): void {
    this.program.dispose()
  }
}
