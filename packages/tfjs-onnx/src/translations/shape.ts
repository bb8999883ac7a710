import { slice_util } from '@tensorflow/tfjs-core'
import { elementTypes } from '../onnx-schema.js'
import type { Recorder } from '../recorder.js'
import { normalizeAxes, sizeOf } from '../shapes.js'
import { requireKnown, type Translation } from '../translation.js'
import type { Value } from '../types.js'

/** Translations by kernel. */
export const reshaping: Record<string, Translation> = {}

/** The same numbers in another shape; `-1` stands for what is left. */
export function reshape(graph: Recorder, x: Value, target: readonly number[]): Value {
  const known = -sizeOf(target)
  const shape = target.map(n => (n === -1 ? sizeOf(x.shape) / known : n))
  return graph.node('Reshape', [x, graph.integers(shape)], { shape, dtype: x.dtype })
}

/** The axes in another order. */
export function transpose(graph: Recorder, x: Value, perm: readonly number[]): Value {
  return graph.node(
    'Transpose',
    [x],
    { shape: perm.map(axis => x.shape[axis]!), dtype: x.dtype },
    { perm: [...perm] }
  )
}

/** The same numbers in another type. */
export function cast(graph: Recorder, x: Value, dtype: 'float32' | 'int32' | 'bool' | 'int64'): Value {
  if (x.dtype === dtype) return x
  return graph.node('Cast', [x], { shape: x.shape, dtype }, { to: elementTypes[dtype] })
}

function concat(graph: Recorder, parts: readonly Value[], axis: number): Value {
  const shape = [...parts[0]!.shape]
  shape[axis] = parts.reduce((total, part) => total + part.shape[axis]!, 0)
  return graph.node('Concat', parts, { shape, dtype: parts[0]!.dtype }, { axis })
}

function split(graph: Recorder, x: Value, sizes: readonly number[], axis: number): Value[] {
  const results = sizes.map(size => ({ shape: x.shape.with(axis, size), dtype: x.dtype }))
  return graph.split('Split', [x, graph.integers(sizes)], results, { axis })
}

/** From `begin` up to `end` in steps, along every axis. */
function slice(
  graph: Recorder,
  x: Value,
  {
    begin,
    end,
    steps
  }: {
    readonly begin: readonly number[]
    readonly end: readonly number[]
    readonly steps: readonly number[]
  },
  shape: readonly number[]
): Value {
  const axes = normalizeAxes(null, x.shape.length)
  const lists = [begin, end, axes, steps].map(list => graph.integers(list))
  return graph.node('Slice', [x, ...lists], { shape, dtype: x.dtype })
}

reshaping.Reshape = ({ inputs, attributes, graph }) => reshape(graph, inputs.x!, attributes.shape)

reshaping.ExpandDims = ({ inputs: { input }, attributes: { dim }, graph }) => {
  const axis = dim < 0 ? dim + input!.shape.length + 1 : dim
  return reshape(graph, input!, input!.shape.toSpliced(axis, 0, 1))
}

reshaping.Transpose = ({ inputs, attributes, graph }) => transpose(graph, inputs.x!, attributes.perm)

reshaping.Cast = ({ inputs, attributes, graph }) => cast(graph, inputs.x!, attributes.dtype)

reshaping.Concat = ({ inputs, attributes, graph }) => {
  const parts = Object.values(inputs)
  const [axis] = normalizeAxes(attributes.axis, parts[0]!.shape.length)
  return concat(graph, parts, axis!)
}

reshaping.SplitV = ({ inputs: { x }, attributes: { numOrSizeSplits, axis: given }, graph }) => {
  const axis = normalizeAxes(given, x!.shape.length)[0]!
  const length = x!.shape[axis]!
  if (!Array.isArray(numOrSizeSplits)) {
    return split(graph, x!, new Array(numOrSizeSplits).fill(length / numOrSizeSplits), axis)
  }
  const known = numOrSizeSplits.reduce((total: number, size: number) => total + Math.max(size, 0), 0)
  return split(
    graph,
    x!,
    numOrSizeSplits.map((size: number) => (size === -1 ? length - known : size)),
    axis
  )
}

reshaping.Pack = ({ inputs, attributes, graph }) => {
  const parts = Object.values(inputs)
  const [axis] = normalizeAxes(attributes.axis, parts[0]!.shape.length + 1)
  const widened = parts.map(part => reshape(graph, part, part.shape.toSpliced(axis!, 0, 1)))
  return concat(graph, widened, axis!)
}

reshaping.Unpack = ({ inputs: { value }, attributes, graph }) => {
  const axis = normalizeAxes(attributes.axis, value!.shape.length)[0]!
  const parts = split(graph, value!, new Array(value!.shape[axis]!).fill(1), axis)
  return parts.map(part => reshape(graph, part, part.shape.toSpliced(axis, 1)))
}

reshaping.Slice = ({ inputs: { x }, attributes: { begin, size }, graph }) => {
  const shape = x!.shape.map((n, k) => (size[k] === -1 ? n - begin[k] : size[k]))
  const end = shape.map((n, k) => begin[k] + n)
  return slice(graph, x!, { begin, end, steps: shape.map(() => 1) }, shape)
}

reshaping.StridedSlice = ({ inputs: { x }, attributes, graph }) => {
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
  // Backwards to the first element: ONNX counts an end of −1 from the back, so it takes the lowest number.
  const stops = info.end.map((stop, k) => (info.strides[k]! < 0 && stop < 0 ? Number.MIN_SAFE_INTEGER : stop))
  return reshape(
    graph,
    slice(graph, x!, { begin: info.begin, end: stops, steps: info.strides }, shape),
    info.finalShape
  )
}

reshaping.Reverse = ({ inputs: { x }, attributes: { dims }, graph }) => {
  const axes = new Set(normalizeAxes(dims, x!.shape.length))
  const flipped = (no: number, yes: number) => x!.shape.map((_, k) => (axes.has(k) ? yes : no))
  const end = x!.shape.map((n, k) => (axes.has(k) ? Number.MIN_SAFE_INTEGER : n))
  return slice(graph, x!, { begin: flipped(0, -1), end, steps: flipped(1, -1) }, x!.shape)
}

type Paddings = readonly (readonly [number, number])[]

function pad(graph: Recorder, x: Value, paddings: Paddings, mode: string, value?: Value): Value {
  const shape = x.shape.map((n, k) => n + paddings[k]![0] + paddings[k]![1])
  const pads = graph.integers([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)])
  return graph.node('Pad', [x, pads, ...(value ? [value] : [])], { shape, dtype: x.dtype }, { mode })
}

reshaping.PadV2 = ({ inputs: { x }, attributes: { paddings, constantValue }, graph }) => {
  const dtype = x!.dtype === 'int32' ? 'int32' : 'float32'
  return pad(graph, x!, paddings, 'constant', graph.scalar(constantValue, dtype))
}

reshaping.MirrorPad = ({ inputs: { x }, attributes: { paddings, mode }, graph }) => {
  requireKnown('MirrorPad', mode === 'reflect', `ONNX has no padding mode '${mode}'`)
  return pad(graph, x!, paddings, 'reflect')
}

reshaping.Tile = ({ inputs: { x }, attributes: { reps }, graph }) => {
  const shape = x!.shape.map((n, k) => n * reps[k])
  return graph.node('Tile', [x!, graph.integers(reps)], { shape, dtype: x!.dtype })
}

reshaping.Fill = ({ attributes: { shape, value, dtype }, graph }) =>
  graph.filled(shape, Number(value), dtype ?? 'float32')

for (const [kernel, value] of [
  ['ZerosLike', 0],
  ['OnesLike', 1]
] as const) {
  reshaping[kernel] = ({ inputs: { x }, graph }) => graph.filled(x!.shape, value, x!.dtype as 'float32')
}

reshaping.Range = ({ attributes: { start, stop, step, dtype }, graph }) => {
  const count = Math.max(0, Math.ceil((stop - start) / step))
  const numbers = Array.from({ length: count }, (_, k) => start + k * step)
  const data = dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers)
  return graph.constant(data, [count], dtype ?? 'float32')
}
