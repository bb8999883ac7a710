import type { Graph, Value } from '../types.js'

/**
 * The same graph, its inputs and outputs under the given names. Inner values that bear one of these, or each other's, are
 * renamed.
 */
export function withNames(graph: Graph, inputs: readonly string[], outputs: readonly string[]): Graph {
  const named = new Map<Value, Value>([
    ...graph.inputs.map((input, k) => [input, { ...input, name: inputs[k]! }] as const),
    ...graph.outputs.map((output, k) => [output, { ...output, name: outputs[k]! }] as const)
  ])
  const taken = new Set([...inputs, ...outputs])
  const rename = (value: Value): Value => {
    const known = named.get(value)
    if (known !== undefined) return known
    let { name } = value
    for (let k = 1; taken.has(name); k++) name = `${value.name}_${k}`
    taken.add(name)
    const result = name === value.name ? value : { ...value, name }
    named.set(value, result)
    return result
  }
  return {
    inputs: graph.inputs.map(rename),
    outputs: graph.outputs.map(rename),
    nodes: graph.nodes.map(node => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename)
    }))
  }
}
