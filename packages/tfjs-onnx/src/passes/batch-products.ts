import type { Graph, Node, Value } from '../types.js'
import { isOp, sorted, ValueMaker } from './rewrite.js'

/** Products of matrices by their right factor. */
function groupsOf(nodes: readonly Node[]): Map<Value, Node[]> {
  const groups = new Map<Value, Node[]>()
  for (const node of nodes) {
    const [x, w] = node.inputs
    if (!isOp(node, 'MatMul') || x!.shape.length !== 2 || w!.shape.length !== 2) continue
    const known = groups.get(w!)
    if (known === undefined) groups.set(w!, [node])
    else known.push(node)
  }
  return groups
}

/**
 * The members of a group, apart by how many members lie on the longest way to each, itself included. Those of one level do
 * not need one another, and no way leads back to an earlier level.
 */
function levelsOf(group: readonly Node[], nodes: readonly Node[]): Node[][] {
  const members = new Set(group)
  const depths = new Map<Value, number>()
  const levels: Node[][] = []
  for (const node of nodes) {
    let depth = 0
    for (const input of node.inputs) depth = Math.max(depth, depths.get(input) ?? 0)
    if (members.has(node)) {
      const level = levels[depth]
      if (level === undefined) levels[depth] = [node]
      else level.push(node)
      depth++
    }
    if (depth > 0) for (const output of node.outputs) depths.set(output, depth)
  }
  return levels
}

/** The products as one, its result split into theirs. */
function batched(products: readonly Node[], maker: ValueMaker): Node[] {
  const xs = products.map(({ inputs }) => inputs[0]!)
  const w = products[0]!.inputs[1]!
  const sizes = xs.map(({ shape }) => shape[0]!)
  const rows = sizes.reduce((total, size) => total + size)
  const x = maker.value([rows, w.shape[0]!], w.dtype)
  const y = maker.value([rows, w.shape[1]!], w.dtype)
  const outputs = products.map(product => product.outputs[0]!)
  return [
    { op: 'Concat', inputs: xs, outputs: [x], attributes: { axis: 0 } },
    { op: 'MatMul', inputs: [x, w], outputs: [y], attributes: {} },
    { op: 'Split', inputs: [y, maker.integers(sizes)], outputs, attributes: { axis: 0 } }
  ]
}

/**
 * Computes products that share their right factor, and do not need one another, as one product of the left factors under
 * one another: the projections of all time steps at once.
 */
export function batchProducts(graph: Graph): Graph {
  const maker = new ValueMaker(graph)
  let { nodes } = graph
  for (const group of groupsOf(graph.nodes).values()) {
    if (group.length < 2) continue
    const replaced = new Map<Node, readonly Node[]>()
    for (const level of levelsOf(group, nodes)) {
      if (level.length < 2) continue
      for (const [k, node] of level.entries()) replaced.set(node, k === 0 ? batched(level, maker) : [])
    }
    if (replaced.size > 0) nodes = sorted(nodes.flatMap(node => replaced.get(node) ?? node))
  }
  return { ...graph, nodes }
}
