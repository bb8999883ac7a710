import { ShapeError } from '@vgm/base'
import type { HostArray } from '../runtime/program.js'
import { describeShape, sizeOf } from '../shapes.js'
import type { Graph, TensorFunction, TensorSpec } from '../types.js'
import { trace } from './trace.js'

const arrayKinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** The graph of a function whose first inputs are constants. They are used as they are, not copied. */
export function traceWith(
  fn: TensorFunction,
  specs: readonly TensorSpec[],
  constants: readonly HostArray[]
): Graph {
  if (constants.length > specs.length) {
    throw new ShapeError('trace', 'constants', `at most ${specs.length}`, `${constants.length}`)
  }
  for (const [k, constant] of constants.entries()) {
    const spec = specs[k]!
    if (!(constant instanceof arrayKinds[spec.dtype]) || constant.length !== sizeOf(spec.shape)) {
      const received = `${(constant as HostArray).constructor.name} of ${(constant as HostArray).length}`
      throw new ShapeError('trace', `constant ${k}`, describeShape(spec), received)
    }
  }
  const graph = trace(fn, specs)
  const values = new Map(
    graph.inputs.slice(0, constants.length).map((input, k) => [input, { ...input, data: constants[k]! }])
  )
  return {
    inputs: graph.inputs.slice(constants.length),
    outputs: graph.outputs,
    nodes: graph.nodes.map(node => ({
      ...node,
      inputs: node.inputs.map(input => values.get(input) ?? input)
    }))
  }
}
