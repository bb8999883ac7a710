import type { Graph, Node, Value } from '../types.js'
import { isMatrixProduct, isTransposedMatrix, producersOf, ValueMaker } from './rewrite.js'

/** A product with so few rows spends much of its time on reading its right factor. */
const thinRows = 64

/** So many products share the cost of a transpose. */
const worthwhileUses = 8

function isThin(node: Node): boolean {
  const [x, w] = node.inputs
  return isMatrixProduct(node) && x!.shape[0]! <= thinRows && w!.data === undefined
}

/** The right factors that many thin products share; constants the runtime arranges as it likes. */
function sharedFactors(nodes: readonly Node[]): Value[] {
  const uses = new Map<Value, number>()
  for (const node of nodes) {
    const [, w] = node.inputs
    if (isThin(node)) uses.set(w!, (uses.get(w!) ?? 0) + 1)
  }
  return [...uses].flatMap(([w, count]) => (count < worthwhileUses ? [] : w))
}

/**
 * Transposes once what many thin products share: `x·w` becomes `x·(wᵀ)ᵀ`, which the pass `gemm` makes one operation. ONNX
 * Runtime reads a transposed right factor faster.
 *
 * Measured on one core (AVX-512, ONNX Runtime 1.30), milliseconds for `[32, 512] × [512, 2048]`: `MatMul` 0.82, `Gemm` 0.86,
 * `Gemm` with `transB` 0.71, `MatMul` of a `Transpose` that 20 products share 1.03 if the runtime does not fuse it by itself;
 * for `[32, 2048] × [2048, 512]`: 0.78, 0.75, 0.69, 0.84.
 */
export function shareTransposes(graph: Graph): Graph {
  const producers = producersOf(graph.nodes)
  const shared = sharedFactors(graph.nodes).filter(w => !isTransposedMatrix(producers.get(w)))
  if (shared.length === 0) return graph
  const maker = new ValueMaker(graph)
  const transpose = (x: Value): Node => {
    const outputs = [maker.value([x.shape[1]!, x.shape[0]!], x.dtype)]
    return { op: 'Transpose', inputs: [x], outputs, attributes: { perm: [1, 0] } }
  }
  const turned = new Map(
    shared.map(w => {
      const once = transpose(w)
      return [w, [once, transpose(once.outputs[0]!)] as const]
    })
  )
  const after = (value: Value) => turned.get(value) ?? []
  const rewritten = (node: Node): Node => {
    const twice = isThin(node) ? turned.get(node.inputs[1]!)?.[1] : undefined
    return twice === undefined ? node : { ...node, inputs: [node.inputs[0]!, twice.outputs[0]!] }
  }
  const given = shared.filter(w => !producers.has(w)).flatMap(after)
  return {
    ...graph,
    nodes: [...given, ...graph.nodes.flatMap(node => [rewritten(node), ...node.outputs.flatMap(after)])]
  }
}
