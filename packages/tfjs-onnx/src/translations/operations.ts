import { elementTypes } from '../file/onnx-schema.js'
import { broadcastShape, sizeOf } from '../shapes.js'
import type { Recorder } from '../trace/recorder.js'
import type { KernelCall } from '../trace/translation.js'
import type { Attribute, Value } from '../types.js'

type Graph = Pick<KernelCall, 'graph'>

/** One operator, applied with broadcasting. The result has the first operand's type unless another is given. */
export function apply(
  { graph }: Graph,
  op: string,
  operands: readonly Value[],
  { dtype = operands[0]!.dtype, attributes = {} as Readonly<Record<string, Attribute>> } = {}
): Value {
  const shape = operands.map(({ shape }) => shape).reduce(broadcastShape)
  return graph.node(op, operands, { shape, dtype }, attributes)
}

/** The same numbers in another type. */
export function cast(graph: Recorder, x: Value, dtype: 'float32' | 'int32' | 'bool' | 'int64'): Value {
  if (x.dtype === dtype) return x
  return graph.node('Cast', [x], { shape: x.shape, dtype }, { to: elementTypes[dtype] })
}

/** The value in a type that ONNX computes with: booleans as integers. */
export function toNumber({ graph }: Graph, x: Value): Value {
  return x.dtype === 'bool' ? cast(graph, x, 'int32') : x
}

/** Computes in numbers what ONNX refuses to compute in booleans; the result has the type that `like` has. */
export function inNumbers(call: Graph, x: Value, compute: (number: Value) => Value): Value {
  return cast(call.graph, compute(toNumber(call, x)), x.dtype as 'float32')
}

/** The same numbers in another shape; `-1` stands for what is left. */
export function reshape(graph: Recorder, x: Value, target: readonly number[]): Value {
  const known = Math.abs(sizeOf(target))
  const shape = target.map(n => (n === -1 ? (known === 0 ? 0 : sizeOf(x.shape) / known) : n))
  // Without the attribute, ONNX takes a 0 for "as many as there were".
  const attributes = shape.includes(0) ? { allowzero: 1 } : {}
  return graph.node('Reshape', [x, graph.integers(shape)], { shape, dtype: x.dtype }, attributes)
}

/** The axes in another order. */
export function transpose(graph: Recorder, x: Value, perm: readonly number[]): Value {
  const shape = perm.map(axis => x.shape[axis]!)
  return graph.node('Transpose', [x], { shape, dtype: x.dtype }, { perm: [...perm] })
}

/** The number as a constant of the value's type. */
export function constantLike({ graph }: Graph, value: Value, number: number): Value {
  return graph.scalar(number, value.dtype === 'int32' ? 'int32' : 'float32')
}

/** `yes` where the condition holds, else `no`; both have the same type. */
export function choose(call: Graph, condition: Value, yes: Value, no: Value): Value {
  const [a, b] = [toNumber(call, yes), toNumber(call, no)]
  return cast(call.graph, apply(call, 'Where', [condition, a, b], { dtype: a.dtype }), yes.dtype as 'float32')
}

/** A comparison of two numbers. */
export function compare(call: Graph, op: string, a: Value, b: Value): Value {
  return apply(call, op, [a, b], { dtype: 'bool' })
}

/** Whether each real is no number. */
export function isNotANumber(call: Graph, x: Value): Value {
  return apply(call, 'IsNaN', [x], { dtype: 'bool' })
}
