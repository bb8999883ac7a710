import { slice_util } from '@tensorflow/tfjs-core'
import { normalizeAxes } from '../shapes.js'
import type { Recorder } from '../trace/recorder.js'
import type { Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { reshape } from './operations.js'

/** Translations by kernel. */
export const slicing: Record<string, Translation> = {}

/** Begin, end and stride of a slice along every axis. */
interface Bounds {
  readonly begin: readonly number[]
  readonly end: readonly number[]
  readonly steps: readonly number[]
}

function slice(graph: Recorder, x: Value, { begin, end, steps }: Bounds, shape: readonly number[]): Value {
  const axes = normalizeAxes(null, x.shape.length)
  const lists = [begin, end, axes, steps].map(list => graph.integers(list))
  return graph.node('Slice', [x, ...lists], { shape, dtype: x.dtype })
}

/** An end before the first element: ONNX counts −1 from the back, so it takes the lowest number. */
const beforeFirst = Number.MIN_SAFE_INTEGER

slicing.Slice = ({ inputs: { x }, attributes, graph }) => {
  const [begin, shape] = slice_util.parseSliceParams(
    { shape: [...x!.shape], rank: x!.shape.length } as never,
    attributes.begin,
    attributes.size
  ) as [number[], number[]]
  slice_util.assertParamsValid({ shape: [...x!.shape], rank: x!.shape.length } as never, begin, shape)
  const end = shape.map((n, k) => begin[k]! + n)
  return slice(graph, x!, { begin, end, steps: shape.map(() => 1) }, shape)
}

slicing.StridedSlice = ({ inputs: { x }, attributes, graph }) => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes
  const info = slice_util.sliceInfo(
    [...x!.shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask
  )
  const shape = x!.shape.map((_, k) => {
    const length = (info.end[k]! - info.begin[k]!) / info.strides[k]!
    return Math.max(0, Math.ceil(length))
  })
  const stops = info.end.map((stop, k) => (info.strides[k]! < 0 && stop < 0 ? beforeFirst : stop))
  const part = slice(graph, x!, { begin: info.begin, end: stops, steps: info.strides }, shape)
  return reshape(graph, part, info.finalShape)
}

slicing.Reverse = ({ inputs: { x }, attributes: { dims }, graph }) => {
  const axes = new Set(normalizeAxes(dims, x!.shape.length))
  const flipped = (no: number, yes: number) => x!.shape.map((_, k) => (axes.has(k) ? yes : no))
  const end = x!.shape.map((n, k) => (axes.has(k) ? beforeFirst : n))
  return slice(graph, x!, { begin: flipped(0, -1), end, steps: flipped(1, -1) }, x!.shape)
}
