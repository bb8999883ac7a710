import type { Graph, Node, Value } from '../types.js'
import { resolver } from './rewrite.js'

/** Computes only once what is the same operation on the same values. Copies of a value become the value. */
export function shareCommonSubexpressions(graph: Graph): Graph {
  const outputs = new Set(graph.outputs)
  const replaced = new Map<Value, Value>()
  const resolve = resolver(replaced)
  const known = new Map<string, Node>()
  const nodes: Node[] = []
  for (const old of graph.nodes) {
    const node = { ...old, inputs: old.inputs.map(resolve) }
    if (node.outputs.some(output => outputs.has(output))) {
      nodes.push(node)
      continue
    }
    if (node.op === 'Identity') {
      replaced.set(node.outputs[0]!, node.inputs[0]!)
      continue
    }
    const key = JSON.stringify([node.op, node.domain, node.inputs.map(({ name }) => name), node.attributes])
    const same = known.get(key)
    if (same === undefined) {
      known.set(key, node)
      nodes.push(node)
    } else {
      for (const [k, output] of node.outputs.entries()) replaced.set(output, same.outputs[k]!)
    }
  }
  return { ...graph, nodes }
}
