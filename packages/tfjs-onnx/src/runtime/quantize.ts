import { ValueMaker } from '../passes/rewrite.js'
import { sizeOf } from '../shapes.js'
import type { Constant, ConstantData, ElementType, Graph, Node, Value } from '../types.js'
import type { HostArray } from './program.js'

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

/** The least divisor of a row: a row of zeros has no largest number to be divided by. */
const least = 1e-30

/** A product `x·w`, each row of `x` rounded to 255 steps between minus and plus its largest number. */
function quantizedProduct(
  x: Value,
  { values, scales, zeros }: QuantizedMatrix,
  {
    output,
    maker,
    numbers
  }: { readonly output: Value; readonly maker: ValueMaker; readonly numbers: RowNumbers }
): Node[] {
  const nodes: Node[] = []
  const add = (op: string, inputs: readonly Value[], result: Value, attributes: Node['attributes'] = {}) => {
    nodes.push({ op, inputs, outputs: [result], attributes })
    return result
  }
  const reals = (shape: readonly number[]) => maker.value(shape, 'float32')
  const perRow = x.shape.with(-1, 1)
  const sizes = add('Abs', [x], reals(x.shape))
  const largest = add('ReduceMax', [sizes], reals(perRow), { axes: [x.shape.length - 1], keepdims: 1 })
  // ONNX Runtime's maximum passes over what is no number; the sum does not.
  const total = add('ReduceL1', [x], reals(perRow), { axes: [x.shape.length - 1], keepdims: 1 })
  const none = add('Mul', [total, numbers.none], reals(perRow))
  const bounded = add('Max', [largest, numbers.least], reals(perRow))
  const divisors = add('Add', [bounded, none], reals(perRow))
  const shares = add('Div', [x, divisors], reals(x.shape))
  const rounded = add('QuantizeLinear', [shares, numbers.step, numbers.zero], maker.value(x.shape, 'uint8'))
  const product = reals(output.shape)
  nodes.push({
    op: 'MatMulIntegerToFloat',
    domain: 'com.microsoft',
    inputs: [rounded, values, numbers.step, scales, numbers.zero, zeros],
    outputs: [product],
    attributes: {}
  })
  add('Mul', [product, divisors], output)
  return nodes
}

/** The numbers that the rounding of rows needs. */
interface RowNumbers {
  readonly none: Constant
  readonly least: Constant
  /** Between neighbours, where the largest number is 1. */
  readonly step: Constant
  /** The integer that stands for 0. */
  readonly zero: Constant
}

/**
 * Products with constant matrices in whole numbers: the matrices' columns are rounded to 8 bits once, the left operands' rows
 * in every run. A row's result does not depend on other rows.
 *
 * @param weights The numbers of the constants that may be rounded.
 * @source onnxruntime's `com.microsoft.MatMulIntegerToFloat`
 */
export function quantizeWeights(graph: Graph, weights: readonly HostArray[]): Graph {
  const mayBeRounded = new Set<unknown>(weights)
  const quantized = new Map<Value, QuantizedMatrix>()
  const maker = new ValueMaker(graph)
  const scalar = (dtype: ElementType, data: ConstantData): Constant => ({ ...maker.value([], dtype), data })
  const numbers: RowNumbers = {
    none: scalar('float32', Float32Array.of(0)),
    least: scalar('float32', Float32Array.of(least)),
    step: scalar('float32', Float32Array.of(1 / 127)),
    zero: scalar('uint8', Uint8Array.of(128))
  }
  const fixed = new Set<Value>()
  const isFixed = (value: Value) => value.data !== undefined || fixed.has(value)
  const nodes = graph.nodes.flatMap((node): readonly Node[] => {
    const [left, right] = node.inputs
    // Computed once, when the graph is loaded: nothing is gained by rounding it.
    if (node.inputs.every(isFixed)) {
      for (const output of node.outputs) fixed.add(output)
      return [node]
    }
    const isProduct = node.op === 'MatMul' && right !== undefined && mayBeRounded.has(right.data)
    if (!isProduct || right.shape.length !== 2 || sizeOf(right.shape) < leastSize) return [node]
    const matrix = quantized.get(right) ?? quantizeColumns(right as Constant)
    quantized.set(right, matrix)
    return quantizedProduct(left!, matrix, { output: node.outputs[0]!, maker, numbers })
  })
  return { ...graph, nodes }
}
