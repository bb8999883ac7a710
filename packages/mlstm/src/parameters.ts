import { type Random, requireInteger } from '@vgm/base'
import { sizeOf, type Weights } from '@vgm/nn'
import type { MlstmConfig, ParameterName } from './types.js'

/** The order of the four gates in the columns of `wx`, `wm` and `b`: input, forget, output, candidate. */
export const gateOrder = 'ifou'

/**
 * The shape of every parameter.
 *
 * | name | shape | role |
 * |---|---|---|
 * | `embedding` | `[V, E]` | a word's vector |
 * | `wx` | `[E, 4H]` | input to gates `[i|f|o|u]` |
 * | `wmx`, `wmh` | `[E, H]`, `[H, H]` | input and hidden state to the multiplicative state |
 * | `wm` | `[H, 4H]` | multiplicative state to gates |
 * | `b` | `[4H]` | gate bias |
 * | `wo`, `bo` | `[H, V]`, `[V]` | hidden state to logits |
 *
 * @throws {InvalidOptionError} unless every size is a positive integer, and `V` at most 65,536.
 */
export function parameterShapes({
  vocabularySize: V,
  embedding: E,
  units: H
}: MlstmConfig): Record<ParameterName, readonly number[]> {
  requireInteger('mlstm', 'config.vocabularySize', V, 1, 65_536)
  requireInteger('mlstm', 'config.embedding', E, 1)
  requireInteger('mlstm', 'config.units', H, 1)
  return {
    embedding: [V, E],
    wx: [E, 4 * H],
    wmx: [E, H],
    wmh: [H, H],
    wm: [H, 4 * H],
    b: [4 * H],
    wo: [H, V],
    bo: [V]
  }
}

const forgetBias = 1

/**
 * Fresh weights: matrices uniform in ±√(3 / rows), which keeps the variance of a product's input, and biases 0, but for
 * the forget gate's, which is 1 so that a new net remembers.
 *
 * @source LeCun et al. 1998, *Efficient BackProp*, §4.6; Gers et al. 2000 for the forget bias
 */
export function initialWeights(config: MlstmConfig, random: Random): Weights<ParameterName> {
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    const values = new Float32Array(sizeOf(shape))
    if (shape.length === 2) {
      const bound = name === 'embedding' ? 1 : Math.sqrt(3 / shape[0]!)
      for (let k = 0; k < values.length; k++) values[k] = (2 * random.next() - 1) * bound
    }
    if (name === 'b') values.fill(forgetBias, config.units, 2 * config.units)
    return [name, values] as const
  })
  return Object.fromEntries(weights) as Record<ParameterName, Float32Array>
}
