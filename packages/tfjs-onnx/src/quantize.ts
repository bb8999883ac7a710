import type { HostArray } from './program.js'
import { sizeOf } from './shapes.js'
import type { Constant, Graph, Node, Value } from './types.js'

/** Weights smaller than this stay as they are: they cost little and gain nothing. */
const leastSize = 4096

/** A matrix `[K, N]` in whole numbers: `w[k, n] ≈ values[k, n] · scales[n]`. */
interface QuantizedMatrix {
  readonly values: Constant
  readonly scales: Constant
  readonly zeros: Constant
}

/** Rounds every column to 255 steps between minus and plus its largest number. */
function quantizeColumns({ name, shape, data }: Constant): QuantizedMatrix {
  const [rows, columns] = shape as [number, number]
  const numbers = data as Float32Array
  const scales = new Float32Array(columns)
  for (let k = 0; k < numbers.length; k++) {
    const column = k % columns
    scales[column] = Math.max(scales[column]!, Math.abs(numbers[k]!) / 127)
  }
  const values = Int8Array.from(numbers, (number, k) => {
    const scale = scales[k % columns]!
    return scale === 0 ? 0 : Math.round(number / scale)
  })
  const part = (suffix: string, shape: readonly number[], rest: Pick<Constant, 'dtype' | 'data'>) => ({
    name: `${name}_${suffix}`,
    shape,
    ...rest
  })
  return {
    values: part('int8', [rows, columns], { dtype: 'int8', data: values }),
    scales: part('scale', [columns], { dtype: 'float32', data: scales }),
    zeros: part('zero', [columns], { dtype: 'int8', data: new Int8Array(columns) })
  }
}

/**
 * Products with constant matrices in whole numbers: the matrices' columns are rounded to 8 bits once, the left operands in
 * every run, over their whole range.
 *
 * @param weights The numbers of the constants that may be rounded.
 * @source onnxruntime's `com.microsoft.DynamicQuantizeMatMul`
 */
export function quantizeWeights(graph: Graph, weights: readonly HostArray[]): Graph {
  const mayBeRounded = new Set<unknown>(weights)
  const quantized = new Map<Value, QuantizedMatrix>()
  const nodes = graph.nodes.map((node): Node => {
    const [left, right] = node.inputs
    const isProduct = node.op === 'MatMul' && right !== undefined && mayBeRounded.has(right.data)
    if (!isProduct || right.shape.length !== 2 || sizeOf(right.shape) < leastSize) return node
    const matrix = quantized.get(right) ?? quantizeColumns(right as Constant)
    quantized.set(right, matrix)
    return {
      op: 'DynamicQuantizeMatMul',
      domain: 'com.microsoft',
      inputs: [left!, matrix.values, matrix.scales, matrix.zeros],
      outputs: node.outputs,
      attributes: {}
    }
  })
  return { ...graph, nodes }
}
