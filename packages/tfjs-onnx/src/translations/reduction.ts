import { normalizeAxes } from '../shapes.js'
import type { KernelCall, Translation } from '../translation.js'
import type { Value } from '../types.js'
import { cast, reshape } from './shape.js'

/** Translations by kernel. */
export const reduction: Record<string, Translation> = {}

/** The shape when the axes are gone, or 1 each. */
function reducedShape({ shape }: Value, axes: readonly number[], keeps: boolean): number[] {
  return keeps ? shape.map((n, k) => (axes.includes(k) ? 1 : n)) : shape.filter((_, k) => !axes.includes(k))
}

function reduce({ inputs, attributes, graph }: KernelCall, op: string, x: Value = inputs.x!): Value {
  const axes = normalizeAxes(attributes.axis, x.shape.length)
  const keeps = attributes.keepDims === true
  const result = { shape: reducedShape(x, axes, keeps), dtype: x.dtype }
  if (axes.length === 0) return reshape(graph, x, result.shape) // no axes would mean all of them to ONNX
  const keepdims = keeps ? 1 : 0
  if (op === 'ReduceSum') return graph.node(op, [x, graph.integers(axes)], result, { keepdims })
  return graph.node(op, [x], result, { axes, keepdims })
}

for (const [kernel, op] of Object.entries({
  Sum: 'ReduceSum',
  Mean: 'ReduceMean',
  Max: 'ReduceMax',
  Min: 'ReduceMin',
  Prod: 'ReduceProd'
})) {
  reduction[kernel] = call => reduce(call, op)
}

for (const [kernel, op] of Object.entries({ All: 'ReduceMin', Any: 'ReduceMax' })) {
  reduction[kernel] = call =>
    cast(call.graph, reduce(call, op, cast(call.graph, call.inputs.x!, 'int32')), 'bool')
}

for (const op of ['ArgMax', 'ArgMin']) {
  reduction[op] = ({ inputs: { x }, attributes, graph }) => {
    const [axis] = normalizeAxes(attributes.axis, x!.shape.length)
    const shape = reducedShape(x!, [axis!], false)
    const position = graph.node(op, [x!], { shape, dtype: 'int64' }, { axis: axis!, keepdims: 0 })
    return cast(graph, position, 'int32')
  }
}

for (const [kernel, input, attribute] of [
  ['Softmax', 'logits', 'dim'],
  ['LogSoftmax', 'logits', 'axis']
] as const) {
  reduction[kernel] = ({ inputs, attributes, graph }) => {
    const x = inputs[input]!
    const [axis] = normalizeAxes(attributes[attribute] ?? -1, x.shape.length)
    return graph.node(kernel, [x], x, { axis: axis! })
  }
}

reduction.Cumsum = ({ inputs: { x }, attributes: { axis, exclusive, reverse }, graph }) => {
  const [along] = normalizeAxes(axis, x!.shape.length)
  const flags = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 }
  return graph.node('CumSum', [x!, graph.scalar(along!, 'int32')], x!, flags)
}

reduction.TopK = ({ inputs: { x }, attributes: { k, sorted }, graph }) => {
  const shape = x!.shape.with(-1, k)
  const [values, positions] = graph.split(
    'TopK',
    [x!, graph.integers([k])],
    [
      { shape, dtype: x!.dtype },
      { shape, dtype: 'int64' }
    ],
    { axis: -1, sorted: sorted === false ? 0 : 1 }
  )
  return [values!, cast(graph, positions!, 'int32')]
}
