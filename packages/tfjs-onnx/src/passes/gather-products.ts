import type { Graph, Node, Value } from '../types.js'
import { ValueMaker } from './rewrite.js'
import { findSums, type Product } from './sums.js'

/** Where each value first occurs. */
function positionsOf(nodes: readonly Node[]): Map<Value, number> {
  const positions = new Map<Value, number>()
  for (const { outputs } of nodes) for (const output of outputs) positions.set(output, positions.size)
  return positions
}

/**
 * Computes a sum of products over time as one product: `Σ_t x_tᵀ·dy_t = [x_1; …; x_T]ᵀ·[dy_1; …; dy_T]`, and a sum of sums
 * over rows as one sum. This is what the gradient of a weight, or bias, that every time step uses comes to.
 */
export function gatherProducts(graph: Graph): Graph {
  const { sums, gone } = findSums(graph)
  if (sums.size === 0) return graph
  const maker = new ValueMaker(graph)
  const positions = positionsOf(graph.nodes)
  const nodes: Node[] = []
  const add = (op: string, inputs: readonly Value[], output: Value, attributes: Node['attributes'] = {}) => {
    nodes.push({ op, inputs, outputs: [output], attributes })
    return output
  }
  const time = (value: Value) => positions.get(value) ?? -1
  // The rows of a bias's gradient are those of a weight's: in the same order they share their stack.
  const orders = new Map<string, readonly Value[]>()
  const inTime = (values: readonly Value[]) => values.toSorted((a, b) => time(a) - time(b))
  const keyOf = (values: readonly Value[]) => values.map(({ name }) => name).join()
  const ordered = new Map<Node, readonly Product[]>()
  for (const [root, { products }] of sums) {
    const order = products.toSorted((a, b) => time(a.x) - time(b.x))
    const factors = order.map(({ dy }) => dy)
    ordered.set(root, order)
    orders.set(keyOf(inTime(factors)), factors)
  }
  const stacks = new Map<string, Value>()
  const stacked = (parts: readonly Value[]): Value => {
    if (parts.length === 1) return parts[0]!
    const key = keyOf(parts)
    const rows = parts.reduce((total, { shape }) => total + shape[0]!, 0)
    const { dtype, shape } = parts[0]!
    const known = stacks.get(key) ?? add('Concat', parts, maker.value([rows, shape[1]!], dtype), { axis: 0 })
    stacks.set(key, known)
    return known
  }
  for (const node of graph.nodes) {
    const sum = sums.get(node)
    if (gone.has(node)) continue
    if (sum === undefined) {
      nodes.push(node)
      continue
    }
    const [output] = node.outputs
    const { shape, dtype } = output!
    const terms = [...sum.rest]
    const isOnly = (count: number) =>
      count === sum.products.length + sum.summedRows.length && sum.rest.length === 0
    const target = (count: number) => (isOnly(count) ? output! : maker.value(shape, dtype))
    if (sum.products.length > 0) {
      const order = ordered.get(node)!
      const x = stacked(order.map(product => product.x)) // (ΣM, K)
      const dy = stacked(order.map(product => product.dy)) // (ΣM, N)
      const turned = add('Transpose', [x], maker.value([...x.shape].reverse(), dtype), { perm: [1, 0] })
      terms.push(add('MatMul', [turned, dy], target(sum.products.length)))
    }
    if (sum.summedRows.length > 0) {
      const order = inTime(sum.summedRows)
      const rows = stacked(orders.get(keyOf(order)) ?? order)
      terms.push(
        add('ReduceSum', [rows, maker.integers([0])], target(sum.summedRows.length), { keepdims: 0 })
      )
    }
    if (terms.length > 1) add('Sum', terms, output!)
  }
  return { ...graph, nodes }
}
