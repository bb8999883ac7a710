import { add, gather, matMul, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { cell, type MemoryChange } from './cell.js'
import { constantProduct } from './constant-product.js'
import { crossEntropyOf, type Network } from './network.js'
import { parameterNames, parameterSpecs } from './parameters.js'
import { readValue } from './read-value.js'
import { release } from './release.js'
import type { Engine, ModelConfig, TensorSpec, Value } from './types.js'

/**
 * A model's weights as they are best read: what each word brings to the cell, `x·Wmx` and `x·Wx + b`, worked out once for
 * the whole vocabulary. In program order: `[V, H]`, `[V, 4H]`, then `wmh`, `wm`, `wo`, `bo`.
 */
export type Tables = readonly Float32Array[]

/** Shapes of {@link Tables}. */
export function tableSpecs({ vocabularySize: V, units: H }: ModelConfig): TensorSpec[] {
  const shapes = [[V, H], [V, 4 * H], [H, H], [H, 4 * H], [H, V], [V]]
  return shapes.map(shape => ({ shape, dtype: 'float32' }))
}

const [embeddingAt, wxAt, wmxAt, wmhAt, wmAt, bAt, woAt, boAt] = (
  ['embedding', 'wx', 'wmx', 'wmh', 'wm', 'b', 'wo', 'bo'] as const
).map(name => parameterNames.indexOf(name)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number
]

/**
 * What each word brings to the cell: `x·Wmx` `[V, H]` and `x·Wx + b` `[V, 4H]`.
 *
 * @param parameters In program order.
 */
export function wordTables(parameters: readonly Tensor[]): [Tensor2D, Tensor2D] {
  const [embedding, wx, wmx, b] = [embeddingAt, wxAt, wmxAt, bAt].map(k => parameters[k] as Tensor2D)
  return [matMul(embedding!, wmx!), add(matMul(embedding!, wx!), b!)]
}

/**
 * Works the tables out.
 *
 * @param parameters In program order, wherever they are.
 */
export async function makeTables(
  engine: Engine,
  config: ModelConfig,
  parameters: readonly Value[]
): Promise<Tables> {
  const program = await engine.compile((...inputs) => wordTables(inputs), parameterSpecs(config), {
    key: 'word-tables'
  })
  try {
    const worked = await program.run(parameters)
    try {
      const weights = [wmhAt, wmAt, woAt, boAt].map(k => parameters[k]!)
      return (await Promise.all([...worked, ...weights].map(readValue))) as Float32Array[]
    } finally {
      release(worked)
    }
  } finally {
    program.dispose()
  }
}

/**
 * The network that reads from tables. It computes what {@link network} does, with fewer products; it has a gradient
 * with respect to the state and the steering alone.
 *
 * @param tensors Those of {@link Tables}.
 * @param steer What is done to the cell state after its update; nothing by default.
 */
export function tableNetwork(tensors: readonly Tensor[], steer?: MemoryChange): Network {
  const [multipliers, gates, wmh, wm, wo, bo] = tensors as [
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor2D,
    Tensor1D
  ]
  const products = { wmh: constantProduct(wmh), wm: constantProduct(wm) }
  const project = constantProduct(wo)
  const logits = (h: Tensor2D) => add(project(h), bo) as Tensor2D // (B, V)
  return {
    step(ids, state) {
      const input = { multiplier: gather(multipliers, ids), gates: gather(gates, ids) }
      return cell(input, products, state, steer)
    },
    logits,
    crossEntropy: (h, targets) => crossEntropyOf(logits(h), targets)
  }
}
