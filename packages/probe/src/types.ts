/** Numbers in rows: value `[i, j]` is `data[i · columns + j]`. A row is an example, a column a feature. */
export interface Matrix {
  readonly data: Float32Array | Float64Array
  /** N. */
  readonly rows: number
  /** H. */
  readonly columns: number
}

/** The penalty on the weights: `l1` drives most to exactly 0, `l2` none, `elastic-net` mixes the two. */
export type Penalty = 'l1' | 'l2' | 'elastic-net'

/** Options of a fit. */
export interface FitOptions {
  /** Default: `l1`. */
  readonly penalty?: Penalty
  /** Share of L1 in an elastic net, 0–1 (default: 0.5); not allowed with another penalty. */
  readonly l1Ratio?: number
  /** Weight of the examples against the penalty, above 0 (default: 1), as in scikit-learn. */
  readonly C?: number
  /** Penalise the intercept like the weight of a column of ones, as liblinear does (default: false). */
  readonly penalizeIntercept?: boolean
  /**
   * Fit on columns of mean 0 and standard deviation 1 (default: false). The probe still reads raw features: mean and
   * deviation go into its weights and intercept.
   */
  readonly standardize?: boolean
  /** The largest {@link Probe.gap} to stop at, from 1e-12 on (default: 1e-8). */
  readonly tolerance?: number
  /** Newton steps at most (default: 200). A probe that needed more says `converged: false`. */
  readonly maxIterations?: number
}

/** A logistic regression: the probability of a positive label is `1 / (1 + exp(−(x · weights + intercept)))`. */
export interface Probe {
  /** One per column of the features, `[H]`; 0 where the column is not used. */
  readonly weights: Float64Array
  readonly intercept: number
  readonly C: number
  readonly penalty: Penalty
  /** 1 for `l1`, 0 for `l2`. */
  readonly l1Ratio: number
  readonly penalizeIntercept: boolean
  /** Whether it was fitted on standardised columns; the weights are for raw features either way. */
  readonly standardize: boolean
  /** Newton steps that the fit took. */
  readonly iterations: number
  /** The duality gap divided by `C · N · ln 2`, the objective of a probe of zeros: no probe is better by more. */
  readonly gap: number
  /** Whether `gap` is within the tolerance. */
  readonly converged: boolean
}
