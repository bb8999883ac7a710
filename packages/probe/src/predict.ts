import { ShapeError } from '@vgm/base'
import { requireMatrix } from './checks.js'
import { sigmoid } from './solver/objective.js'
import type { Model } from './solver/problem.js'
import type { Matrix, Probe } from './types.js'

/**
 * The probability that each row is positive, `[N]`.
 *
 * @param features `[N, H]`, finite, as raw as those of the fit.
 * @throws {ShapeError} unless the features have as many columns as the probe has weights.
 * @throws {InvalidFeatureError}
 */
export function probabilities(probe: Pick<Probe, 'weights' | 'intercept'>, features: Matrix): Float64Array {
  requireFit('probabilities', probe, features)
  return marginsOf(probe, features).map(sigmoid)
}

/**
 * The class of each row, `[N]`: 1 where positive is the likelier, else 0.
 *
 * @throws As {@link probabilities}.
 */
export function predict(probe: Pick<Probe, 'weights' | 'intercept'>, features: Matrix): Uint8Array {
  requireFit('predict', probe, features)
  return Uint8Array.from(marginsOf(probe, features), margin => (margin > 0 ? 1 : 0))
}

function requireFit(caller: string, { weights }: Pick<Probe, 'weights'>, features: Matrix): void {
  requireMatrix(caller, features)
  if (features.columns !== weights.length) {
    throw new ShapeError(caller, 'columns', `${weights.length} (the probe's weights)`, features.columns)
  }
}

/** `x · weights + intercept` for the given rows, in their order. */
export function marginsOf(
  { weights, intercept }: Model,
  { data, columns, rows }: Matrix,
  chosen?: readonly number[]
): Float64Array {
  const used = [...weights.keys()].filter(j => weights[j] !== 0)
  const margins = new Float64Array(chosen?.length ?? rows)
  for (let i = 0; i < margins.length; i++) {
    const start = (chosen?.[i] ?? i) * columns
    let sum = intercept
    for (const j of used) sum += weights[j]! * data[start + j]!
    margins[i] = sum
  }
  return margins
}
