import type { Graph, Node, Value } from '../types.js'

/** A graph turned into another that computes the same. */
export type Pass = (graph: Graph) => Graph

/** Follows replacements to the end. */
export function resolver(replaced: ReadonlyMap<Value, Value>): (value: Value) => Value {
  return value => {
    let current = value
    for (let next = replaced.get(current); next !== undefined; next = replaced.get(current)) current = next
    return current
  }
}

/** The node that computes each value. */
export function producersOf(nodes: readonly Node[]): Map<Value, Node> {
  return new Map(nodes.flatMap(node => node.outputs.map(output => [output, node] as const)))
}

/** The nodes that read each value, one entry per use. */
export function consumersOf(nodes: readonly Node[]): Map<Value, Node[]> {
  const consumers = new Map<Value, Node[]>()
  for (const node of nodes) {
    for (const input of node.inputs) {
      const known = consumers.get(input)
      if (known === undefined) consumers.set(input, [node])
      else known.push(node)
    }
  }
  return consumers
}

/** The nodes in an order in which each comes after those it needs, otherwise as they stand. */
export function sorted(nodes: readonly Node[]): Node[] {
  const producers = producersOf(nodes)
  const order: Node[] = []
  const seen = new Set<Node>()
  for (const root of nodes) {
    const open: { readonly node: Node; next: number }[] = [{ node: root, next: 0 }]
    if (seen.has(root)) continue
    seen.add(root)
    while (open.length > 0) {
      const top = open.at(-1)!
      const input = top.node.inputs[top.next++]
      if (input === undefined) {
        order.push(top.node)
        open.pop()
        continue
      }
      const needed = producers.get(input)
      if (needed === undefined || seen.has(needed)) continue
      seen.add(needed)
      open.push({ node: needed, next: 0 })
    }
  }
  return order
}
