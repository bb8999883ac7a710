import { requireInteger, ShapeError } from './errors.js'
import { createRandom } from './random.js'
import type { ModelConfig, ParameterName, TensorSpec, Weights } from './types.js'

/** The order of the four gates in the columns of `wx`, `wm` and `b`: input, forget, output, candidate. */
export const gateOrder = 'ifou'

/** Every parameter, in program order. */
export const parameterNames = [
  'embedding',
  'wx',
  'wmx',
  'wmh',
  'wm',
  'b',
  'wo',
  'bo'
] as const satisfies readonly ParameterName[]

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
export function parameterShapes(config: ModelConfig): Record<ParameterName, readonly number[]> {
  const { vocabularySize: V, embedding: E, units: H } = config
  requireInteger('config.vocabularySize', V, 1, 0x10000) // ids are kept in 16 bits
  requireInteger('config.embedding', E, 1)
  requireInteger('config.units', H, 1)
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

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** The specs of all parameters, in program order. */
export function parameterSpecs(config: ModelConfig): TensorSpec[] {
  const shapes = parameterShapes(config)
  return parameterNames.map(name => ({ shape: shapes[name], dtype: 'float32' }))
}

/** The number of learned values. */
export function parameterCount(config: ModelConfig): number {
  return parameterSpecs(config).reduce((total, { shape }) => total + sizeOf(shape), 0)
}

/** One array of zeros for each parameter, in program order. */
export function zeroParameters(config: ModelConfig): Float32Array[] {
  return parameterSpecs(config).map(({ shape }) => new Float32Array(sizeOf(shape)))
}

const forgetBias = 1

/**
 * Fresh weights: matrices uniform in ±√(3 / rows), which keeps the variance of a product's input, and biases 0, but for
 * the forget gate's, which is 1 so that a new net remembers.
 *
 * @source LeCun et al. 1998, *Efficient BackProp*, §4.6; Gers et al. 2000 for the forget bias
 */
export function initialWeights(config: ModelConfig, seed: number): Weights {
  const shapes = parameterShapes(config)
  const random = createRandom(seed)
  const weights = parameterNames.map(name => {
    const shape = shapes[name]
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

/**
 * The arrays in program order, each checked against its shape.
 *
 * @throws {ShapeError} naming the parameter that is missing or has another length.
 */
export function weightsInOrder(config: ModelConfig, weights: Weights): Float32Array[] {
  const shapes = parameterShapes(config)
  return parameterNames.map(name => {
    const values = weights[name]
    const length = sizeOf(shapes[name])
    if (values?.length !== length) {
      throw new ShapeError(`weights.${name}`, `${length} values`, `${values?.length ?? 'none'}`)
    }
    return values
  })
}
