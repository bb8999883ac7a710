import { normalizeAxes, sizeOf } from '../shapes.js'
import type { Recorder } from '../trace/recorder.js'
import { type KernelCall, requireKnown, type Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { apply, cast, choose, compare, reshape, transpose } from './operations.js'

/** Translations by kernel. */
export const indexing: Record<string, Translation> = {}

/** Rows of zeros with a one where each index says, float32; a row of zeros where it says nothing that exists. */
function oneHot(call: Pick<KernelCall, 'graph'>, given: Value, depth: number, off = 0, on = 1): Value {
  const { graph } = call
  const listed = given.shape.length === 0 ? reshape(graph, given, [1]) : given
  const indices = cast(graph, listed, 'int32')
  const size = graph.scalar(depth, 'int32')
  // ONNX counts a negative index from the end; tfjs does not, and neither counts one past the end.
  const isNegative = compare(call, 'Less', indices, graph.scalar(0, 'int32'))
  const positions = choose(call, isNegative, size, indices)
  const values = graph.constant(Float32Array.of(off, on), [2], 'float32')
  const result = { shape: [...indices.shape, depth], dtype: 'float32' } as const
  const rows = graph.node('OneHot', [positions, size, values], result, { axis: -1 })
  return listed === given ? rows : reshape(graph, rows, [depth])
}

indexing.OneHot = call => {
  const { depth, onValue, offValue, dtype } = call.attributes
  return cast(call.graph, oneHot(call, call.inputs.indices!, depth, offValue, onValue), dtype ?? 'int32')
}

/** A gather of its own for each entry of the leading axes. */
function gatherInBatches(graph: Recorder, x: Value, indices: Value, axis: number, batchDims: number): Value {
  const batch = x.shape.slice(0, batchDims)
  const between = x.shape.slice(batchDims, axis)
  const after = x.shape.slice(axis + 1)
  const chosen = indices.shape.slice(batchDims)
  const flat = [sizeOf(batch), sizeOf(between), x.shape[axis]!, sizeOf(after)]
  const rows = transpose(graph, reshape(graph, x, flat), [0, 2, 1, 3])
  const positions = reshape(graph, cast(graph, indices, 'int64'), [sizeOf(batch), sizeOf(chosen), 1])
  const shape = [flat[0]!, sizeOf(chosen), flat[1]!, flat[3]!]
  const found = graph.node('GatherND', [rows, positions], { shape, dtype: x.dtype }, { batch_dims: 1 })
  return reshape(graph, transpose(graph, found, [0, 2, 1, 3]), [...batch, ...between, ...chosen, ...after])
}

indexing.GatherV2 = ({ inputs, attributes, graph }) => {
  const [x, indices] = [inputs.x!, inputs.indices!]
  const axis = normalizeAxes(attributes.axis ?? 0, x.shape.length)[0]!
  const [batchDims] = normalizeAxes(attributes.batchDims ?? 0, indices.shape.length)
  if (batchDims! > 0) return gatherInBatches(graph, x, indices, axis, batchDims!)
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape)
  return graph.node('Gather', [x, cast(graph, indices, 'int32')], { shape, dtype: x.dtype }, { axis })
}

indexing.GatherNd = ({ inputs: { params, indices }, graph }) => {
  const shape = [...indices!.shape.slice(0, -1), ...params!.shape.slice(indices!.shape.at(-1))]
  return graph.node('GatherND', [params!, cast(graph, indices!, 'int64')], { shape, dtype: params!.dtype })
}

/** Rows added up where their indices say, as a product with one-hot rows. */
function sumSegments(call: KernelCall, x: Value, segmentIds: Value, count: number): Value {
  const { graph } = call
  const rows = cast(graph, reshape(graph, x, [x.shape[0]!, sizeOf(x.shape.slice(1))]), 'float32')
  const choices = transpose(graph, oneHot(call, segmentIds, count), [1, 0])
  const result = { shape: [count, rows.shape[1]!], dtype: 'float32' } as const
  const sums = graph.node('MatMul', [choices, rows], result)
  return cast(graph, reshape(graph, sums, [count, ...x.shape.slice(1)]), x.dtype as 'float32')
}

/** The gradient of a gather. */
indexing.UnsortedSegmentSum = call => {
  const segmentIds = call.inputs.segmentIds!
  const isList = segmentIds.shape.length === 1
  requireKnown('UnsortedSegmentSum', isList, 'segment ids of several axes have no translation')
  return sumSegments(call, call.inputs.x!, segmentIds, call.attributes.numSegments)
}

/** Updates added up at their positions, which become numbers of one axis. */
indexing.ScatterNd = call => {
  const { graph } = call
  const [indices, updates] = [call.inputs.indices!, call.inputs.updates!]
  const shape: readonly number[] = call.attributes.shape
  const depth = indices.shape.length > 1 ? indices.shape.at(-1)! : 1
  const outer = shape.slice(0, depth)
  const count = sizeOf(indices.shape) / depth
  const strides = Int32Array.from(outer.map((_, k) => sizeOf(outer.slice(k + 1))))
  const steps = apply(call, 'Mul', [
    reshape(graph, cast(graph, indices, 'int32'), [count, depth]),
    graph.constant(strides, [depth], 'int32')
  ])
  const positions = graph.node(
    'ReduceSum',
    [steps, graph.integers([1])],
    { shape: [count], dtype: 'int32' },
    { keepdims: 0 }
  )
  const rows = reshape(graph, updates, [count, ...shape.slice(depth)])
  return reshape(graph, sumSegments(call, rows, positions, sizeOf(outer)), shape)
}

indexing.TensorScatterUpdate = ({ inputs: { tensor, indices, updates }, graph }) => {
  const positions = indices!.shape.length === 1 ? reshape(graph, indices!, [...indices!.shape, 1]) : indices!
  return graph.node('ScatterND', [tensor!, cast(graph, positions, 'int64'), updates!], tensor!)
}
