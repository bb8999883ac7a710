import type { Attribute, Graph, Node, Value } from '../types.js'
import { resolver } from './rewrite.js'

/** Operators that give something else each time. */
const random = new Set([
  'Bernoulli',
  'Dropout',
  'Multinomial',
  'RandomNormal',
  'RandomNormalLike',
  'RandomUniform',
  'RandomUniformLike'
])

/** Apart from JSON, this tells numbers that are not finite from one another. */
function attributeKey(value: Attribute): string {
  return typeof value === 'object' && 'float' in value ? `f${value.float}` : JSON.stringify(value)
}

/** The same for nodes that compute the same. */
function keyOf({ op, domain = '', inputs, attributes }: Node): string {
  let key = `${domain} ${op}`
  for (const { name } of inputs) key += `,${name}`
  for (const name in attributes) key += `;${name}=${attributeKey(attributes[name]!)}`
  return key
}

/** Computes only once what is the same operation on the same values. Copies of a value become the value. */
export function shareCommonSubexpressions(graph: Graph): Graph {
  const outputs = new Set(graph.outputs)
  const replaced = new Map<Value, Value>()
  const resolve = resolver(replaced)
  const known = new Map<string, Node>()
  const nodes: Node[] = []
  for (const old of graph.nodes) {
    const changes = old.inputs.some(input => replaced.has(input))
    const node = changes ? { ...old, inputs: old.inputs.map(resolve) } : old
    if (random.has(node.op) || node.outputs.some(output => outputs.has(output))) {
      nodes.push(node)
      continue
    }
    if (node.op === 'Identity') {
      replaced.set(node.outputs[0]!, node.inputs[0]!)
      continue
    }
    const key = keyOf(node)
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
