import { normalizeAxes, sizeOf } from '../shapes.js'
import type { KernelCall, Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { cast, choose, inNumbers, reshape, toNumber } from './operations.js'

/** Translations by kernel. */
export const reduction: Record<string, Translation> = {}

/** The shape when the axes are gone, or 1 each. */
function reducedShape({ shape }: Value, axes: readonly number[], keeps: boolean): number[] {
  return keeps ? shape.map((n, k) => (axes.includes(k) ? 1 : n)) : shape.filter((_, k) => !axes.includes(k))
}

function reduce({ attributes, graph }: KernelCall, op: string, x: Value): Value {
  const axes = normalizeAxes(attributes.reductionIndices ?? attributes.axis, x.shape.length)
  const keeps = attributes.keepDims === true
  const result = { shape: reducedShape(x, axes, keeps), dtype: x.dtype }
  if (axes.length === 0) return reshape(graph, x, result.shape) // no axes would mean all of them to ONNX
  if (sizeOf(x.shape) === 0 && (op === 'ReduceMax' || op === 'ReduceMin')) {
    return graph.filled(result.shape, x.dtype === 'float32' ? Number.NaN : 0, x.dtype as 'float32')
  }
  const keepdims = keeps ? 1 : 0
  if (op === 'ReduceSum') return graph.node(op, [x, graph.integers(axes)], result, { keepdims })
  return graph.node(op, [x], result, { axes, keepdims })
}

/** Sums of integers go round like tfjs's where they do not fit, while ONNX Runtime's stay at the largest. */
reduction.Sum = call => {
  const x = toNumber(call, call.inputs.x!)
  if (x.dtype === 'float32') return reduce(call, 'ReduceSum', x)
  return cast(call.graph, reduce(call, 'ReduceSum', cast(call.graph, x, 'int64')), 'int32')
}

reduction.Prod = call => reduce(call, 'ReduceProd', toNumber(call, call.inputs.x!))

reduction.Mean = call => reduce(call, 'ReduceMean', cast(call.graph, call.inputs.x!, 'float32'))

for (const [kernel, op] of Object.entries({
  All: 'ReduceMin',
  Any: 'ReduceMax',
  Max: 'ReduceMax',
  Min: 'ReduceMin'
})) {
  reduction[kernel] = call => inNumbers(call, call.inputs.x!, x => reduce(call, op, x))
}

for (const op of ['ArgMax', 'ArgMin']) {
  reduction[op] = call => {
    const x = toNumber(call, call.inputs.x!)
    const axis = normalizeAxes(call.attributes.axis, x.shape.length)[0]!
    const result = { shape: reducedShape(x, [axis], false), dtype: 'int64' } as const
    if (x.shape[axis] === 0) return call.graph.filled(result.shape, 0, 'int32')
    return cast(call.graph, call.graph.node(op, [x], result, { axis, keepdims: 0 }), 'int32')
  }
}

reduction.Softmax = ({ inputs, attributes, graph }) => {
  const x = inputs.logits!
  const axis = normalizeAxes(attributes.dim ?? -1, x.shape.length)[0]!
  return graph.node('Softmax', [x], x, { axis })
}

reduction.Cumsum = call => {
  const { axis, exclusive, reverse } = call.attributes
  const x = toNumber(call, call.inputs.x!)
  const along = normalizeAxes(axis, x.shape.length)[0]!
  const flags = { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 }
  return call.graph.node('CumSum', [x, call.graph.scalar(along, 'int32')], x, flags)
}

/** ONNX has no running product: each result is the product of the axis with ones in place of what does not count. */
reduction.Cumprod = call => {
  const { axis, exclusive, reverse } = call.attributes
  const { graph } = call
  const x = toNumber(call, call.inputs.x!)
  const along = normalizeAxes(axis, x.shape.length)[0]!
  const n = x.shape[along]!
  const counts = Array.from({ length: n * n }, (_, k) => {
    const [to, from] = [Math.floor(k / n), k % n]
    return (exclusive && from === to) || (reverse ? from < to : from > to) ? 0 : 1
  })
  const after = x.shape.slice(along + 1)
  const mask = graph.constant(Uint8Array.from(counts), [n, n, ...after.map(() => 1)], 'bool')
  const one = graph.scalar(1, x.dtype === 'int32' ? 'int32' : 'float32')
  const factors = choose(call, mask, reshape(graph, x, x.shape.toSpliced(along, 0, 1)), one)
  return graph.node('ReduceProd', [factors], x, { axes: [along + 1], keepdims: 0 })
}

/** The largest numbers, always in order, which tfjs does not ask for where it says `sorted: false`. */
reduction.TopK = call => {
  const { k } = call.attributes
  const x = toNumber(call, call.inputs.x!)
  const shape = x.shape.with(-1, k)
  const results = [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int64' }
  ] as const
  const [values, positions] = call.graph.split('TopK', [x, call.graph.integers([k])], results, { axis: -1 })
  return [cast(call.graph, values!, call.inputs.x!.dtype as 'float32'), cast(call.graph, positions!, 'int32')]
}
