import type { Graph, Value } from '../types.js'
import { producersOf } from './rewrite.js'

/** Lets nodes write outputs themselves, instead of copies at the end. */
export function writeOutputsDirectly(graph: Graph): Graph {
  const producers = producersOf(graph.nodes)
  const renamed = new Map<Value, Value>()
  const copies = new Set<unknown>()
  for (const output of graph.outputs) {
    const copy = producers.get(output)
    const [source] = copy?.inputs ?? []
    if (copy?.op !== 'Identity' || source === undefined || !producers.has(source)) continue
    if (renamed.has(source) || graph.outputs.includes(source)) continue
    renamed.set(source, output)
    copies.add(copy)
  }
  const rename = (value: Value) => renamed.get(value) ?? value
  const nodes = graph.nodes
    .filter(node => !copies.has(node))
    .map(node => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) }))
  return { ...graph, nodes }
}
