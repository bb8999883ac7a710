import { normalizeAxes } from '../shapes.js'
import type { Recorder } from '../trace/recorder.js'
import { requireKnown, type Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { cast, inNumbers, reshape, transpose } from './operations.js'

/** Translations by kernel. */
export const reshaping: Record<string, Translation> = {}

function concat(graph: Recorder, parts: readonly Value[], axis: number): Value {
  const { dtype } = parts[0]!
  const shape = [...parts[0]!.shape]
  shape[axis] = parts.reduce((total, part) => total + part.shape[axis]!, 0)
  const same = parts.map(part => cast(graph, part, dtype as 'float32'))
  return graph.node('Concat', same, { shape, dtype }, { axis })
}

function split(graph: Recorder, x: Value, sizes: readonly number[], axis: number): Value[] {
  const results = sizes.map(size => ({ shape: x.shape.with(axis, size), dtype: x.dtype }))
  return graph.split('Split', [x, graph.integers(sizes)], results, { axis })
}

reshaping.Reshape = ({ inputs, attributes, graph }) => reshape(graph, inputs.x!, attributes.shape)

reshaping.ExpandDims = ({ inputs: { input }, attributes: { dim }, graph }) => {
  const axis = dim < 0 ? dim + input!.shape.length + 1 : dim
  return reshape(graph, input!, input!.shape.toSpliced(axis, 0, 1))
}

reshaping.Transpose = ({ inputs, attributes, graph }) => transpose(graph, inputs.x!, attributes.perm)

reshaping.Cast = ({ inputs, attributes: { dtype }, graph }) => {
  const isKnown = ['float32', 'int32', 'bool'].includes(dtype)
  requireKnown('Cast', isKnown, `type ${dtype} has no translation`)
  return cast(graph, inputs.x!, dtype)
}

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
  const sizes = numOrSizeSplits.map((size: number) => (size === -1 ? length - known : size))
  return split(graph, x!, sizes, axis)
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

type Paddings = readonly (readonly [number, number])[]

reshaping.PadV2 = call => {
  const { paddings, constantValue } = call.attributes as { paddings: Paddings; constantValue: number }
  const { graph } = call
  return inNumbers(call, call.inputs.x!, x => {
    const shape = x.shape.map((n, k) => n + paddings[k]![0] + paddings[k]![1])
    const pads = graph.integers([0, 1].flatMap(side => paddings.map(padding => padding[side]!)))
    const value = graph.scalar(constantValue, x.dtype === 'int32' ? 'int32' : 'float32')
    return graph.node('Pad', [x, pads, value], { shape, dtype: x.dtype }, { mode: 'constant' })
  })
}

/** An axis read from the padded places, as if mirrors stood at its ends: ONNX knows only one of tfjs's two modes. */
reshaping.MirrorPad = ({ inputs, attributes, graph }) => {
  const { paddings, mode } = attributes as { paddings: Paddings; mode: 'reflect' | 'symmetric' }
  const edge = mode === 'reflect' ? 0 : 1
  return paddings.reduce((x, [before, after], axis) => {
    if (before + after === 0) return x
    const n = x.shape[axis]!
    const places = Array.from({ length: before + n + after }, (_, k) => {
      const place = k - before
      if (place < 0) return -place - edge
      return place < n ? place : 2 * (n - 1) - place + edge
    })
    const shape = x.shape.with(axis, places.length)
    return graph.node('Gather', [x, graph.integers(places)], { shape, dtype: x.dtype }, { axis })
  }, inputs.x!)
}

reshaping.Tile = ({ inputs: { x }, attributes: { reps }, graph }) => {
  const shape = x!.shape.map((n, k) => n * reps[k])
  return graph.node('Tile', [x!, graph.integers(reps)], { shape, dtype: x!.dtype })
}

reshaping.BroadcastTo = ({ inputs: { x }, attributes: { shape }, graph }) =>
  graph.node('Expand', [x!, graph.integers(shape)], { shape, dtype: x!.dtype })
