import { sameShape } from '../shapes.js'
import type { Graph, Node, Value } from '../types.js'
import { consumersOf, isOp, isTransposedMatrix, producersOf } from './rewrite.js'

/** The factors of `xᵀ·dy`, shapes `[M, K]` and `[M, N]`. */
export interface Product {
  readonly x: Value
  readonly dy: Value
}

/** A sum that is not part of a larger sum, and what it adds up. */
export interface Sum {
  readonly products: readonly Product[]
  /** Matrices whose sums over rows are terms. */
  readonly summedRows: readonly Value[]
  readonly rest: readonly Value[]
}

/** The factors, if the node is a product whose left factor is transposed. */
function asProduct(node: Node | undefined, producers: ReadonlyMap<Value, Node>): Product | undefined {
  const [left, dy, addend] = node?.inputs ?? []
  if (isOp(node, 'MatMul') && dy!.shape.length === 2) {
    const transposed = producers.get(left!)
    return isTransposedMatrix(transposed) ? { x: transposed.inputs[0]!, dy: dy! } : undefined
  }
  if (!isOp(node, 'Gemm') || addend !== undefined) return undefined
  const { transA, transB = 0, alpha } = node.attributes
  return transA === 1 && transB === 0 && alpha === undefined ? { x: left!, dy: dy! } : undefined
}

/** The matrix, if the node sums it over its rows. */
function asSummedRows(node: Node | undefined): Value | undefined {
  if (!isOp(node, 'ReduceSum') || node.attributes.keepdims !== 0) return undefined
  const [matrix, axes] = node.inputs
  return matrix!.shape.length === 2 && axes?.data?.length === 1 && Number(axes.data[0]) === 0
    ? matrix
    : undefined
}

function isSum(node: Node | undefined): node is Node {
  return isOp(node, 'Add') || isOp(node, 'Sum')
}

/** The sums that are worth gathering, by the node that ends each, and the nodes that are then of no use. */
export function findSums({ nodes, outputs }: Graph): { sums: Map<Node, Sum>; gone: Set<Node> } {
  const producers = producersOf(nodes)
  const consumers = consumersOf(nodes)
  const kept = new Set(outputs)
  const inner = new Set<Node>()
  const gone = new Set<Node>()
  const sums = new Map<Node, Sum>()
  for (const root of [...nodes].reverse()) {
    if (!isSum(root) || inner.has(root) || root.outputs[0]!.dtype !== 'float32') continue
    const { shape } = root.outputs[0]!
    const [products, summedRows, rest]: [Product[], Value[], Value[]] = [[], [], []]
    const useless: Node[] = []
    const open = [...root.inputs].reverse()
    for (let term = open.pop(); term !== undefined; term = open.pop()) {
      const isOwn = consumers.get(term)!.length === 1 && !kept.has(term) && sameShape(term.shape, shape)
      const node = isOwn ? producers.get(term) : undefined
      const product = asProduct(node, producers)
      const rows = asSummedRows(node)
      if (isSum(node)) {
        inner.add(node)
        open.push(...[...node.inputs].reverse())
      } else if (product !== undefined) products.push(product)
      else if (rows !== undefined) summedRows.push(rows)
      else rest.push(term)
      if (node !== undefined && (isSum(node) || product !== undefined || rows !== undefined))
        useless.push(node)
    }
    if (products.length < 2 && summedRows.length < 2) continue
    sums.set(root, { products, summedRows, rest })
    for (const node of useless) gone.add(node)
  }
  return { sums, gone }
}
