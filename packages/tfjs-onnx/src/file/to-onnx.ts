import { ShapeError } from '@vgm/base'
import { defaultPasses, optimize, type PassName } from '../passes/index.js'
import type { HostArray } from '../runtime/program.js'
import { traceWith } from '../trace/trace-with-constants.js'
import type { Graph, TensorFunction } from '../types.js'
import { generalize } from './generalize.js'
import { writeOnnx } from './onnx-file.js'
import {
  closeAxes,
  type Lengths,
  lengthsOf,
  nameAxes,
  type OpenAxis,
  type OpenSpec,
  openAxesOf,
  otherLengthsOf
} from './open-axes.js'
import { requireSameTrace } from './same-trace.js'
import { withNames } from './with-names.js'

/** Passes that write lengths into the graph, or do something or not depending on a length. */
const passesOfOneLength: readonly PassName[] = ['batchProducts', 'sharedTransposes']

const passesOfAnyLength = defaultPasses.filter(name => !passesOfOneLength.includes(name))

/** Options of {@link toOnnx}. */
export interface ToOnnxOptions {
  /** The names of the inputs that are not constants; `in0`, `in1`, … by default. */
  readonly inputs?: readonly string[]
  /** The names of the outputs; `out0`, `out1`, … by default. */
  readonly outputs?: readonly string[]
  /** The values of the first inputs: they become part of the file. */
  readonly constants?: readonly HostArray[]
  /** Free texts by name, kept in the file. */
  readonly metadata?: Readonly<Record<string, string>>
  /** The graph passes to run. Default: `defaultPasses`; with open axes all of them but `batchProducts` and `sharedTransposes`, which depend on lengths. */
  readonly passes?: readonly PassName[]
}

/**
 * A function of tensors as the bytes of an ONNX file (operator set 15), which ONNX Runtime runs in any language.
 *
 * @param fn A pure function of tensors. With open axes it is traced for several lengths: 1, 2, two from 60 to 110, and 1031.
 * @param specs Shape and type of each input. A name as a length leaves it open: `{ shape: ['batch', 512], dtype: 'float32' }`.
 * @throws {BatchError} if what the function does depends on an open length.
 * @throws {ShapeError} if names or constants do not fit the inputs and outputs.
 * @throws {ValueAskedError} if the function asks for a tensor's numbers.
 * @throws {NoTranslationError} if it uses a kernel that has no translation.
 */
export function toOnnx(
  fn: TensorFunction,
  specs: readonly OpenSpec[],
  { inputs, outputs, constants = [], metadata = {}, passes: chosen }: ToOnnxOptions = {}
): Uint8Array {
  requireConstantShapes(specs.slice(0, constants.length))
  const axes = openAxesOf(specs)
  const passes = chosen ?? (axes.length === 0 ? undefined : passesOfAnyLength)
  // Traced under names of the compiler's own: passes tell values apart by them.
  const traceFor = (lengths: Lengths) => traceWith(fn, closeAxes(specs, lengths), constants)
  const traced = traceFor(lengthsOf(axes, 0))
  const first = optimize(traced, passes)
  const names = {
    inputs: inputs ?? first.inputs.map((_, k) => `in${k}`),
    outputs: outputs ?? first.outputs.map(({ name }) => name)
  }
  requireNames(names, first)
  if (axes.length === 0) return writeOnnx(withNames(first, names.inputs, names.outputs), { metadata })
  const tracedAgain = traceFor(lengthsOf(axes, 1))
  const second = optimize(tracedAgain, passes)
  const axisNames = axes.map(({ name }) => name)
  const general = generalize(first, second, axisNames)
  requireSameForAll(traced, tracedAgain, axes, traceFor)
  const graph = withNames(general, names.inputs, names.outputs)
  const twins = [...second.inputs, ...second.outputs]
  const openAxes = [...graph.inputs, ...graph.outputs].map(
    (value, k) => [value.name, nameAxes(axes, value, twins[k]!)] as const
  )
  return writeOnnx(graph, { metadata, openAxes: Object.fromEntries(openAxes) })
}

/** Checks that a function does for further lengths what its traces for two lengths have in common. */
function requireSameForAll(
  first: Graph,
  second: Graph,
  axes: readonly OpenAxis[],
  traceFor: (lengths: Lengths) => Graph
): void {
  const twins = requireSameTrace(first, second, { axes, lengths: lengthsOf(axes, 1) })
  for (const lengths of otherLengthsOf(axes)) {
    requireSameTrace(first, traceFor(lengths), { axes, lengths }, twins)
  }
}

function requireNames(
  { inputs, outputs }: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  graph: Graph
): void {
  for (const [what, names, { length }] of [
    ['inputs', inputs, graph.inputs],
    ['outputs', outputs, graph.outputs]
  ] as const) {
    if (names.length !== length) throw new ShapeError('toOnnx', what, `${length} names`, `${names.length}`)
  }
  const all = [...inputs, ...outputs]
  const twice = all.find((name, k) => all.indexOf(name) !== k)
  if (twice !== undefined) throw new ShapeError('toOnnx', 'names', 'each once', `'${twice}' twice`)
}

function requireConstantShapes(specs: readonly OpenSpec[]): void {
  for (const [k, { shape }] of specs.entries()) {
    const open = shape.find(length => typeof length === 'string')
    if (open !== undefined)
      throw new ShapeError('toOnnx', `constant ${k}`, 'a fixed shape', `open axis '${open}'`)
  }
}
