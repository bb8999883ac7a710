import { add, mul, sigmoid, split, type Tensor2D, tanh } from '@tensorflow/tfjs-core'

/** The recurrent state: what a unit shows, `h`, and what it remembers, `c`; each `[B, H]`. */
export interface CellState {
  readonly h: Tensor2D
  readonly c: Tensor2D
}

/** What a word brings to the cell: `x·Wmx`, `[B, H]`, and `x·Wx + b`, `[B, 4H]`. */
export interface CellInput {
  readonly multiplier: Tensor2D
  readonly gates: Tensor2D
}

/** The cell's recurrent matrices as products. */
export interface CellProducts {
  readonly wmh: (h: Tensor2D) => Tensor2D
  readonly wm: (m: Tensor2D) => Tensor2D
}

/** Changes the memory of some units, `[B, H]`; see {@link cell}. */
export type MemoryChange = (c: Tensor2D) => Tensor2D

/**
 * One step of the multiplicative LSTM: `m = (x·Wmx) ⊙ (h·Wmh)`, `[i|f|o|u] = x·Wx + m·Wm + b`,
 * `c' = σ(f) ⊙ c + σ(i) ⊙ tanh(u)`, `h' = σ(o) ⊙ tanh(c')`.
 *
 * @param state Not modified.
 * @param steer If given, `c'` is what it makes of the updated memory: before `h'` is taken from it, and carried on so.
 * @returns The next state.
 * @source Krause et al. 2016, eq. 18–22, with `tanh` on the candidate as Radford et al. 2017 have it
 */
export function cell(
  input: CellInput,
  { wmh, wm }: CellProducts,
  state: CellState,
  steer: MemoryChange = c => c
): CellState {
  const m = mul(input.multiplier, wmh(state.h)) as Tensor2D // (B, H)
  const gates = add(input.gates, wm(m)) as Tensor2D // (B, 4H)
  const units = state.c.shape[1]
  const [open, candidate] = split(gates, [3 * units, units], 1) as [Tensor2D, Tensor2D] // (B, 3H), (B, H)
  const [i, f, o] = split(sigmoid(open), 3, 1) as [Tensor2D, Tensor2D, Tensor2D] // (B, H) each
  const c = steer(add(mul(f, state.c), mul(i, tanh(candidate))) as Tensor2D) // (B, H)
  const h = mul(o, tanh(c)) as Tensor2D // (B, H)
  return { h, c }
}
