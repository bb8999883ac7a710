/**
 * The quadratic model of the objective around the present weights, in the directions of a working set:
 * `g·d + ½ d·(X'DX + l2)·d + l1 · Σ |w + d|`.
 */
export interface Quadratic {
  /** The columns that may move, A of them. */
  readonly working: Int32Array
  /** Slope of the smooth part (loss and L2) by each of them, `[A]`. */
  readonly slopes: Float64Array
  /** Their weights, `[A]`. */
  readonly weights: Float64Array
  /** L1 penalty of each, `[A]`. */
  readonly l1: Float64Array
  /** L2 penalty of each, `[A]`. */
  readonly l2: Float64Array
  /** Second derivative of the loss by each margin, `[N]`. */
  readonly curvatures: Float64Array
}

/** A descent on a {@link Quadratic}, coordinate by coordinate, from the present weights. */
export interface Descent {
  /** The weights it has come to, `[A]`. */
  readonly values: Float64Array
  /** Minimises along each coordinate in turn. Returns the sum of how far each was from optimal, in slope. */
  sweep(): number
  /** Slope of the smooth part at `values`, `[A]`. Not to be modified. */
  slopes(): Float64Array
  /** `(X'DX + l2) · v`, `[A]`. */
  multiply(direction: Float64Array): Float64Array
  /** Adds `direction` to `values`; `product` is what `multiply` makes of it. */
  move(direction: Float64Array, product: Float64Array): void
}
