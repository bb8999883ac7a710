import { isOp, ValueMaker } from '../passes/rewrite.js'
import type { Graph, Node, Value } from '../types.js'

/** WebGPU promises a shader eight buffers: one for what is split, so seven for its parts. */
const mostParts = 7

/** Splits into more parts than a WebGPU shader can write, as trees of smaller ones. */
export function narrowSplits(graph: Graph): Graph {
  const maker = new ValueMaker(graph)
  return {
    ...graph,
    nodes: graph.nodes.flatMap(node => (isOp(node, 'Split') ? narrowed(node, maker) : [node]))
  }
}

function narrowed(node: Node, maker: ValueMaker): Node[] {
  const { outputs, attributes } = node
  if (outputs.length <= mostParts) return [node]
  const whole = node.inputs[0]!
  const axis = (Number(attributes.axis ?? 0) + whole.shape.length) % whole.shape.length
  const lengthOf = (values: readonly Value[]) => values.reduce((sum, { shape }) => sum + shape[axis]!, 0)

  const perBranch = Math.ceil(outputs.length / mostParts)
  const branches = Array.from({ length: Math.ceil(outputs.length / perBranch) }, (_, k) =>
    outputs.slice(k * perBranch, (k + 1) * perBranch)
  )
  const values = branches.map(parts =>
    parts.length === 1 ? parts[0]! : maker.value(whole.shape.with(axis, lengthOf(parts)), whole.dtype)
  )
  const split = (value: Value, parts: readonly Value[]): Node => ({
    op: 'Split',
    inputs: [value, maker.integers(parts.map(part => lengthOf([part])))],
    outputs: parts,
    attributes: { axis }
  })
  const rest = branches.flatMap((parts, k) =>
    parts.length === 1 ? [] : narrowed(split(values[k]!, parts), maker)
  )
  return [split(whole, values), ...rest]
}
