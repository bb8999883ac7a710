import { sameShape } from '../shapes.js'
import type { Graph, Node, Value } from '../types.js'
import { isOp, producersOf, resolver, ValueMaker } from './rewrite.js'

/** The value whose parts, all of them and in order, a `Concat` joins again. */
function splitSource(node: Node, producers: ReadonlyMap<Value, Node>): Value | undefined {
  let source: Node | undefined
  for (const [k, part] of node.inputs.entries()) {
    const producer = producers.get(part)
    // Along the first axis a part stays the same stretch of numbers in any shape.
    const reshaped = node.attributes.axis === 0 && isOp(producer, 'Reshape')
    const piece = reshaped ? producer.inputs[0]! : part
    const split = reshaped ? producers.get(piece) : producer
    source ??= split
    if (!isOp(split, 'Split') || split !== source || split.outputs[k] !== piece) return undefined
  }
  const fits =
    source!.outputs.length === node.inputs.length && source!.attributes.axis === node.attributes.axis
  return fits ? source!.inputs[0]! : undefined
}

/** The operand of a `Split`, if it was joined of just these parts. */
function joinedParts(node: Node, producers: ReadonlyMap<Value, Node>): readonly Value[] | undefined {
  const concat = producers.get(node.inputs[0]!)
  if (!isOp(concat, 'Concat') || concat.attributes.axis !== node.attributes.axis) return undefined
  const fits =
    concat.inputs.length === node.outputs.length &&
    concat.inputs.every(({ shape }, k) => sameShape(shape, node.outputs[k]!.shape))
  return fits ? concat.inputs : undefined
}

/** Takes for a `Concat` of the parts of a `Split`, all of them and in order, what was split; and the other way round. */
export function joinConcatOfSplit(graph: Graph): Graph {
  const outputs = new Set(graph.outputs)
  const producers = producersOf(graph.nodes)
  const maker = new ValueMaker(graph)
  const replaced = new Map<Value, Value>()
  const resolve = resolver(replaced)
  const nodes: Node[] = []
  const put = (output: Value, value: Value) => {
    if (!outputs.has(output)) replaced.set(output, value)
    else nodes.push({ op: 'Identity', inputs: [value], outputs: [output], attributes: {} })
  }
  for (const old of graph.nodes) {
    const changes = old.inputs.some(input => replaced.has(input))
    const node = changes ? { ...old, inputs: old.inputs.map(resolve) } : old
    const [output] = node.outputs
    const found = isOp(node, 'Concat') ? splitSource(node, producers) : undefined
    const source = found && resolve(found)
    const parts = isOp(node, 'Split') ? joinedParts(node, producers) : undefined
    if (source !== undefined && sameShape(source.shape, output!.shape)) put(output!, source)
    else if (source !== undefined) {
      const inputs = [source, maker.integers(output!.shape)]
      nodes.push({ op: 'Reshape', inputs, outputs: [output!], attributes: {} })
    } else if (parts !== undefined)
      for (const [k, part] of parts.entries()) put(node.outputs[k]!, resolve(part))
    else nodes.push(node)
  }
  return { ...graph, nodes }
}
