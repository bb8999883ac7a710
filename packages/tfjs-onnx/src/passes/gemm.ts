import type { Graph, Node, Value } from '../types.js'
import { consumersOf, isMatrixProduct, isOp, isTransposedMatrix, producersOf } from './rewrite.js'

/** Whether a value is the same for every row of a matrix. */
function isBias({ shape, dtype }: Value, width: number): boolean {
  const isRow = shape.length < 2 || (shape.length === 2 && shape[0] === 1)
  return isRow && dtype === 'float32' && (shape.at(-1) ?? 1) === width
}

/** Writes products of matrices with a transposed factor, or with a bias added to every row, as `Gemm`. */
export function fuseGemm(graph: Graph): Graph {
  const producers = producersOf(graph.nodes)
  const consumers = consumersOf(graph.nodes)
  const outputs = new Set(graph.outputs)
  const untransposed = (value: Value): { value: Value; flag: 0 | 1 } => {
    const node = producers.get(value)
    return isTransposedMatrix(node) ? { value: node.inputs[0]!, flag: 1 } : { value, flag: 0 }
  }
  const gemm = (product: Node, output: Value, bias: readonly Value[] = []): Node => {
    const [x, w] = product.inputs as [Value, Value]
    const a = untransposed(x)
    const b = untransposed(w)
    const attributes = { ...(a.flag && { transA: 1 }), ...(b.flag && { transB: 1 }) }
    return { op: 'Gemm', inputs: [a.value, b.value, ...bias], outputs: [output], attributes }
  }

  const fused = new Map<Node, Node>()
  const gone = new Set<Node>()
  for (const node of graph.nodes) {
    if (!isOp(node, 'Add')) continue
    const [output] = node.outputs
    const k = node.inputs.findIndex((input, k) => {
      const isOwn = consumers.get(input)!.length === 1 && !outputs.has(input)
      return isOwn && isMatrixProduct(producers.get(input)) && isBias(node.inputs[1 - k]!, input.shape[1]!)
    })
    if (k < 0 || output!.shape.length !== 2) continue
    const product = producers.get(node.inputs[k]!)!
    fused.set(node, gemm(product, output!, [node.inputs[1 - k]!]))
    gone.add(product)
  }
  const rewritten = (node: Node): Node[] => {
    if (gone.has(node)) return []
    const whole = fused.get(node)
    if (whole !== undefined) return [whole]
    if (!isMatrixProduct(node)) return [node]
    const plain = gemm(node, node.outputs[0]!)
    return [Object.keys(plain.attributes).length > 0 ? plain : node]
  }
  return { ...graph, nodes: graph.nodes.flatMap(rewritten) }
}
