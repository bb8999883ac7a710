import type { Graph, Node } from '../types.js'
import { producersOf } from './rewrite.js'

/** Leaves out what no output needs. */
export function removeDeadCode(graph: Graph): Graph {
  const producers = producersOf(graph.nodes)
  const live = new Set<Node>()
  const open = graph.outputs.flatMap(output => producers.get(output) ?? [])
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (live.has(node)) continue
    live.add(node)
    for (const input of node.inputs) {
      const needed = producers.get(input)
      if (needed !== undefined) open.push(needed)
    }
  }
  return { ...graph, nodes: graph.nodes.filter(node => live.has(node)) }
}
