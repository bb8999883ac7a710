import type { Probe } from '@vgm/probe'

/** A probe with given weights, as if it had been fitted. */
export function probeOf(weights: readonly number[], intercept = 0): Probe {
  return {
    weights: Float64Array.from(weights),
    intercept,
    C: 1,
    penalty: 'l1',
    l1Ratio: 1,
    penalizeIntercept: false,
    standardize: false,
    iterations: 1,
    gap: 0,
    converged: true
  }
}
