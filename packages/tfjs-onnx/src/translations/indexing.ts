import type { Recorder } from '../recorder.js'
import { normalizeAxes, sizeOf } from '../shapes.js'
import { requireKnown, type Translation } from '../translation.js'
import type { Value } from '../types.js'
import { cast, reshape, transpose } from './shape.js'

/** Translations by kernel. */
export const indexing: Record<string, Translation> = {}

/** Rows of zeros with a one where each index says, float32. */
function oneHot(graph: Recorder, indices: Value, depth: number, off = 0, on = 1): Value {
  const values = graph.constant(Float32Array.of(off, on), [2], 'float32')
  const shape = [...indices.shape, depth]
  return graph.node(
    'OneHot',
    [indices, graph.scalar(depth, 'int32'), values],
    { shape, dtype: 'float32' },
    { axis: -1 }
  )
}

indexing.OneHot = ({ inputs, attributes: { depth, onValue, offValue, dtype }, graph }) =>
  cast(graph, oneHot(graph, inputs.indices!, depth, offValue, onValue), dtype ?? 'int32')

indexing.GatherV2 = ({ inputs: { x, indices }, attributes, graph }) => {
  requireKnown('GatherV2', (attributes.batchDims ?? 0) === 0, 'batchDims other than 0 have no translation')
  const axis = normalizeAxes(attributes.axis ?? 0, x!.shape.length)[0]!
  const shape = x!.shape.toSpliced(axis, 1, ...indices!.shape)
  return graph.node('Gather', [x!, cast(graph, indices!, 'int32')], { shape, dtype: x!.dtype }, { axis })
}

indexing.GatherNd = ({ inputs: { params, indices }, graph }) => {
  const shape = [...indices!.shape.slice(0, -1), ...params!.shape.slice(indices!.shape.at(-1))]
  return graph.node('GatherND', [params!, cast(graph, indices!, 'int64')], { shape, dtype: params!.dtype })
}

/** The gradient of a gather: rows added up where their indices say, as a product with one-hot rows. */
indexing.UnsortedSegmentSum = ({ inputs, attributes: { numSegments }, graph }) => {
  const x = inputs.x!
  const segmentIds = inputs.segmentIds!
  requireKnown(
    'UnsortedSegmentSum',
    segmentIds.shape.length === 1,
    'segment ids of several axes have no translation'
  )
  const rows = cast(graph, reshape(graph, x, [x.shape[0]!, sizeOf(x.shape.slice(1))]), 'float32')
  const choices = transpose(graph, oneHot(graph, segmentIds, numSegments), [1, 0])
  const shape = [numSegments, rows.shape[1]!]
  const sums = graph.node('MatMul', [choices, rows], { shape, dtype: 'float32' })
  return cast(graph, reshape(graph, sums, [numSegments, ...x.shape.slice(1)]), x.dtype as 'float32')
}
