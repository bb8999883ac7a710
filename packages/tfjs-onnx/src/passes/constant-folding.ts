import type { Graph, Node, Value } from '../types.js'
import { evaluate } from './evaluate.js'

/**
 * Computes now what depends on constants alone and is cheap: shapes, transposes, casts, sums, products. The result is no
 * larger than an operand, except where operands are concatenated.
 */
export function foldConstants(graph: Graph): Graph {
  const outputs = new Set(graph.outputs)
  const folded = new Map<Value, Value>()
  const nodes: Node[] = []
  for (const old of graph.nodes) {
    const changes = old.inputs.some(input => folded.has(input))
    const node = changes ? { ...old, inputs: old.inputs.map(input => folded.get(input) ?? input) } : old
    const [output] = node.outputs
    const data = outputs.has(output!) ? undefined : evaluate(node)
    if (data === undefined) nodes.push(node)
    else folded.set(output!, { ...output!, data })
  }
  return { ...graph, nodes }
}
