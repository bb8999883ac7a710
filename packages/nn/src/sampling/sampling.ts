import { InvalidOptionError, requireInteger, requirePositive } from '@vgm/base'
import { NotFiniteError } from '../errors.js'

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
export function requireSampling(caller: string, { temperature = 1, topK, topP }: SamplingOptions): void {
  if (!Number.isFinite(temperature) || temperature < 0) {
    throw new InvalidOptionError(caller, 'temperature', 'a number of at least 0', temperature)
  }
  if (topK !== undefined) requireInteger(caller, 'topK', topK, 1)
  if (topP !== undefined) requirePositive(caller, 'topP', topP, 1)
}

/**
 * Draws one id. Without `topK` and `topP` the words are walked through by id, else from the likeliest on, ties by id.
 *
 * @param logits Unnormalised log-probabilities, `[V]`.
 * @param allowed Where 0, the word cannot be drawn; `[V]`, at least one not 0. All by default.
 * @param draw Uniform in `[0, 1)`: decides.
 * @throws {NotFiniteError} if a logit is no number, as those of a model whose training diverged.
 */
export function sample(
  logits: ArrayLike<number>,
  { temperature = 1, topK, topP }: SamplingOptions,
  draw: number,
  allowed?: ArrayLike<number>
): number {
  let ids: number[] = []
  let highest = Number.NEGATIVE_INFINITY
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]!
    if (Number.isNaN(logit)) throw new NotFiniteError("the model's prediction")
    if (allowed !== undefined && !allowed[id]) continue
    ids.push(id)
    highest = Math.max(highest, logit)
  }
  if (ids.length === 0)
    throw new InvalidOptionError('sample', 'allowed', 'at least one word', allowed, 'none')
  if (temperature === 0) return ids.find(id => logits[id] === highest)!

  if (topK !== undefined || topP !== undefined) {
    ids.sort((a, b) => logits[b]! - logits[a]! || a - b)
    ids = ids.slice(0, topK)
  }
  const weights = ids.map(id => Math.exp((logits[id]! - highest) / temperature))
  const kept = topP === undefined ? weights.length : nucleus(weights, topP)
  let left = draw * sumOf(weights, kept)
  let chosen = 0
  for (let k = 0; k < kept; k++) {
    if (weights[k]! > 0) chosen = k
    left -= weights[k]!
    if (left < 0) break
  }
  return ids[chosen]!
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
