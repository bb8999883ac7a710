import type { Constant, ElementType, Graph, Node, Value } from '../types.js'

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
  const producers = new Map<Value, Node>()
  for (const node of nodes) for (const output of node.outputs) producers.set(output, node)
  return producers
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

/** Makes values whose names a graph does not have yet. */
export class ValueMaker {
  readonly #taken: Set<string>
  readonly #lists = new Map<string, Constant>()
  #count = 0

  constructor({ inputs, outputs, nodes }: Graph) {
    this.#taken = new Set([...inputs, ...outputs].map(({ name }) => name))
    for (const node of nodes) {
      for (const { name } of node.inputs) this.#taken.add(name)
      for (const { name } of node.outputs) this.#taken.add(name)
    }
  }

  #name(): string {
    for (;;) {
      const name = `p${this.#count++}`
      if (!this.#taken.has(name)) return name
    }
  }

  /** A value of that shape and type. */
  value(shape: readonly number[], dtype: ElementType): Value {
    return { name: this.#name(), shape, dtype }
  }

  /** A list of 64-bit integers, as ONNX wants axes, sizes and shapes; equal ones are the same value. */
  integers(values: readonly number[]): Constant {
    const key = values.join()
    const known = this.#lists.get(key)
    if (known !== undefined) return known
    const data = BigInt64Array.from(values, BigInt)
    const constant: Constant = { ...this.value([values.length], 'int64'), data }
    this.#lists.set(key, constant)
    return constant
  }
}

/** Whether a node is an operator of the standard set with that name. */
export function isOp(node: Node | undefined, op: string): node is Node {
  return node !== undefined && node.op === op && node.domain === undefined
}

/** Whether a node exchanges the two axes of a matrix. */
export function isTransposedMatrix(node: Node | undefined): node is Node {
  return (
    isOp(node, 'Transpose') &&
    node.inputs[0]!.shape.length === 2 &&
    node.outputs[0]!.shape.length === 2 &&
    (node.attributes.perm === undefined || String(node.attributes.perm) === '1,0')
  )
}

/** Whether a node multiplies two matrices of reals. */
export function isMatrixProduct(node: Node | undefined): node is Node {
  return (
    isOp(node, 'MatMul') && node.inputs.every(({ shape, dtype }) => shape.length === 2 && dtype === 'float32')
  )
}
