import { InvalidOptionError, NotFiniteError, requireInteger, requirePositive } from './errors.js'
import type { Random } from './random.js'

/** How a word is drawn from the model's prediction. */
export interface SamplingOptions {
  /** Divides the logits: below 1 safer, above 1 wilder, 0 always the likeliest word. Default 1. */
  readonly temperature?: number
  /** Draws only among the `topK` likeliest words. */
  readonly topK?: number
  /** Draws only among the likeliest words that together reach this probability, in `(0, 1]`. */
  readonly topP?: number
}

/**
 * Throws unless every option is in its range.
 *
 * @throws {InvalidOptionError} naming the option.
 */
export function requireSampling({ temperature = 1, topK, topP }: SamplingOptions): void {
  if (!Number.isFinite(temperature) || temperature < 0) {
    throw new InvalidOptionError('temperature', 'a number of at least 0', temperature)
  }
  if (topK !== undefined) requireInteger('topK', topK, 1)
  if (topP !== undefined) requirePositive('topP', topP, 1)
}

/**
 * Draws one id with exactly one number from `random`. Ties in likelihood go to the lower id.
 *
 * @param logits Unnormalised log-probabilities, `[V]`.
 * @param allowed Where 0, the word cannot be drawn; `[V]`, at least one not 0.
 * @throws {NotFiniteError} if a logit is no number, as those of a model whose training diverged.
 */
export function sample(
  logits: ArrayLike<number>,
  allowed: ArrayLike<number>,
  { temperature = 1, topK, topP }: SamplingOptions,
  random: Random
): number {
  const draw = random.next()
  const ids: number[] = []
  for (let id = 0; id < logits.length; id++) {
    if (Number.isNaN(logits[id])) throw new NotFiniteError("the model's prediction")
    if (allowed[id]) ids.push(id)
  }
  if (ids.length === 0) throw new InvalidOptionError('allowed', 'at least one word', 'none')
  ids.sort((a, b) => logits[b]! - logits[a]! || a - b)
  if (temperature === 0) return ids[0]!

  const candidates = topK === undefined ? ids : ids.slice(0, topK)
  const highest = logits[candidates[0]!]!
  const weights = candidates.map(id => Math.exp((logits[id]! - highest) / temperature))
  const kept = topP === undefined ? weights.length : nucleus(weights, topP)
  let left = draw * sumOf(weights, kept)
  for (let k = 0; k < kept; k++) {
    left -= weights[k]!
    if (left < 0) return candidates[k]!
  }
  return candidates[kept - 1]!
}

/** How many of the descending weights together reach the share `topP`. */
function nucleus(weights: readonly number[], topP: number): number {
  const enough = topP * sumOf(weights, weights.length)
  let total = 0
  let kept = 0
  while (kept < weights.length && total < enough) total += weights[kept++]!
  return kept
}

function sumOf(values: readonly number[], count: number): number {
  let total = 0
  for (let k = 0; k < count; k++) total += values[k]!
  return total
}
