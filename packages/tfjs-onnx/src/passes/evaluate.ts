import { sameShape, sizeOf } from '../shapes.js'
import type { Constant, ConstantData, ElementType, Node, Value } from '../types.js'

/** The numbers of a node's result; nothing where it is left to the runtime. */
type Evaluation = (inputs: readonly Constant[], node: Node, result: Value) => ConstantData | undefined

const arrayKinds = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  int64: BigInt64Array,
  int8: Int8Array,
  uint8: Uint8Array
} as const

function allocate(dtype: ElementType, length: number): ConstantData {
  return new arrayKinds[dtype](length)
}

/** The elements of `x` in the order of `indices`. */
function pick({ data, dtype }: Constant, indices: readonly number[]): ConstantData {
  const result = allocate(dtype, indices.length)
  for (const [k, index] of indices.entries()) result[k] = data[index]!
  return result
}

const same: Evaluation = ([x]) => x!.data

const transpose: Evaluation = ([x], { attributes }, { shape }) => {
  const perm = (attributes.perm as readonly number[] | undefined) ?? shape.map((_, k) => k).reverse()
  const strides = x!.shape.map((_, k) => sizeOf(x!.shape.slice(k + 1)))
  let indices = [0]
  for (const [k, axis] of perm.entries()) {
    const steps = Array.from({ length: shape[k]! }, (_, n) => n * strides[axis]!)
    indices = indices.flatMap(index => steps.map(step => index + step))
  }
  return pick(x!, indices)
}

const concat: Evaluation = (parts, { attributes }, { shape, dtype }) => {
  const axis = ((attributes.axis as number) + shape.length) % shape.length
  const outer = sizeOf(shape.slice(0, axis))
  const lengths = parts.map(part => sizeOf(part.shape.slice(axis)))
  const result = allocate(dtype, sizeOf(shape))
  for (let row = 0, at = 0; row < outer; row++) {
    for (const [k, { data }] of parts.entries()) {
      result.set(data.subarray(row * lengths[k]!, (row + 1) * lengths[k]!) as never, at)
      at += lengths[k]!
    }
  }
  return result
}

const int32Limit = 2 ** 31

/** Values that another type cannot hold are the runtime's business. */
function converted(value: number | bigint, dtype: ElementType): number | bigint | undefined {
  if (dtype === 'bool') return Number(value) === 0 ? 0 : 1
  if (dtype === 'float32') return Number(value)
  const whole = Math.trunc(Number(value))
  if (!(Math.abs(whole) < int32Limit)) return undefined
  return dtype === 'int64' ? BigInt(whole) : dtype === 'int32' ? whole : undefined
}

const cast: Evaluation = ([x], _, { dtype }) => {
  const result = allocate(dtype, x!.data.length)
  for (const [k, value] of x!.data.entries()) {
    const number = converted(value, dtype)
    if (number === undefined) return undefined
    result[k] = number
  }
  return result
}

type Operation = (a: number, b: number) => number

/** Of equal shapes, or of anything and one number. JavaScript computes with doubles, which round to the right float32. */
function elementwise(operation: Operation, integer: Operation | undefined): Evaluation {
  return ([a, b], _, { shape, dtype }) => {
    const compute = dtype === 'float32' ? operation : dtype === 'int32' ? integer : undefined
    const fits = (x: Constant) => sameShape(x.shape, shape) || x.data.length === 1
    if (compute === undefined || !fits(a!) || !fits(b!)) return undefined
    const at = (x: Constant, k: number) => Number(x.data.length === 1 ? x.data[0]! : x.data[k]!)
    const result = allocate(dtype, sizeOf(shape))
    for (let k = 0; k < result.length; k++) result[k] = compute(at(a!, k), at(b!, k))
    return result
  }
}

const negation = elementwise(
  (_, x) => -x,
  (_, x) => -x | 0
)

const negate: Evaluation = ([x], node, result) => negation([x!, x!], node, result)

/** The operators that are cheap enough to evaluate here, at any size. */
const evaluations: Readonly<Record<string, Evaluation>> = {
  Add: elementwise(
    (a, b) => a + b,
    (a, b) => (a + b) | 0
  ),
  Concat: concat,
  Cast: cast,
  Div: elementwise((a, b) => a / b, undefined),
  Identity: same,
  Mul: elementwise((a, b) => a * b, Math.imul),
  Neg: negate,
  Reshape: same,
  Sub: elementwise(
    (a, b) => a - b,
    (a, b) => (a - b) | 0
  ),
  Transpose: transpose
}

/** The result of a node whose inputs are all constants; nothing if it is left to the runtime. */
export function evaluate(node: Node): ConstantData | undefined {
  const evaluation = node.domain === undefined ? evaluations[node.op] : undefined
  if (evaluation === undefined || node.outputs.length !== 1) return undefined
  if (node.inputs.some(({ data }) => data === undefined)) return undefined
  return evaluation(node.inputs as Constant[], node, node.outputs[0]!)
}
