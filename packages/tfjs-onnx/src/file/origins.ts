import type { Constant, Graph, Node, Value } from '../types.js'
import { isConstant, isSame, isSameOperation } from './generalize.js'

/** The origin of a value: the node that computes it, or the graph's inputs; and its place among their values. */
export interface Origin {
  readonly node?: Node
  readonly place: number
}

/** The origin of every value of a graph that is no constant. */
export function originsOf({ inputs, nodes }: Graph): ReadonlyMap<Value, Origin> {
  const origins = new Map<Value, Origin>(inputs.map((input, place) => [input, { place }]))
  for (const node of nodes) {
    for (const [place, output] of node.outputs.entries()) origins.set(output, { node, place })
  }
  return origins
}

/** Whether two nodes do the same along the same axes, whatever they do it to. */
export function isSameStep(a: Node, b: Node): boolean {
  if (!isSameOperation(a, b)) return false
  if (a.op !== 'ReduceSum') return true
  const [axes, others] = [a.inputs[1]!, b.inputs[1]!]
  return isConstant(axes) && isConstant(others) && isSame(axes as Constant, others as Constant)
}

/** Operators that change nothing but the shape, where what they repeat or reduce has the length 1. */
const reshaping = new Set(
  'Reshape Expand Tile ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd'.split(' ')
)

/** Whether a node changes nothing but the shape, if values have these sizes. */
export function isIdle(node: Node | undefined, sizeOf: (value: Value) => number): node is Node {
  return node !== undefined && reshaping.has(node.op) && sizeOf(node.inputs[0]!) === sizeOf(node.outputs[0]!)
}
