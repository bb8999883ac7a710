import { add, mul, sigmoid, split, type Tensor1D, type Tensor2D, tanh } from '@tensorflow/tfjs-core'

/** The recurrent state: what a unit shows, `h`, and what it remembers, `c`; each `[B, H]`. */
export interface CellState {
  readonly h: Tensor2D
  readonly c: Tensor2D
}

/** The cell's matrices as products, and its bias `[4H]`. */
export interface CellProducts {
  readonly wx: (x: Tensor2D) => Tensor2D
  readonly wmx: (x: Tensor2D) => Tensor2D
  readonly wmh: (h: Tensor2D) => Tensor2D
  readonly wm: (m: Tensor2D) => Tensor2D
  readonly b: Tensor1D
}

/**
 * One step of the multiplicative LSTM: `m = (x·Wmx) ⊙ (h·Wmh)`, `[i|f|o|u] = x·Wx + m·Wm + b`,
 * `c' = σ(f) ⊙ c + σ(i) ⊙ tanh(u)`, `h' = σ(o) ⊙ tanh(c')`.
 *
 * @param x Embedded words, `[B, E]`.
 * @param state Not modified.
 * @returns The next state.
 * @source Krause et al. 2016, eq. 18–22, with `tanh` on the candidate as Radford et al. 2017 have it
 */
export function cell(products: CellProducts, x: Tensor2D, state: CellState): CellState {
  const m = mul(products.wmx(x), products.wmh(state.h)) as Tensor2D // (B, H)
  const gates = add(add(products.wx(x), products.wm(m)), products.b) as Tensor2D // (B, 4H)
  const [i, f, o, u] = split(gates, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D] // (B, H) each
  const c = add(mul(sigmoid(f), state.c), mul(sigmoid(i), tanh(u))) as Tensor2D // (B, H)
  const h = mul(sigmoid(o), tanh(c)) as Tensor2D // (B, H)
  return { h, c }
}
