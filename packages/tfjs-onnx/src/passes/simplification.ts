import { sameShape } from '../shapes.js'
import type { ElementType, Graph, Node, Value } from '../types.js'
import { fillings } from './fillings.js'
import { isOp, resolver } from './rewrite.js'

/** The graph as a rule sees it. */
interface Context {
  /** The node that computes a value. */
  readonly producer: (value: Value) => Node | undefined
  /** Whether every number of a constant is this one. */
  readonly isFilledWith: ReturnType<typeof fillings>
}

/** The replacement of a node: another node with the same outputs, or a value that has been there already. */
type Rule = (node: Node, context: Context) => Node | Value | undefined

/** Types that hold every number of a type. */
const wider: Readonly<Record<ElementType, readonly ElementType[]>> = {
  bool: ['bool', 'int8', 'int32', 'int64', 'float32'],
  int8: ['int8', 'int32', 'int64', 'float32'],
  uint8: ['uint8', 'int32', 'int64', 'float32'],
  int32: ['int32', 'int64'],
  int64: ['int64'],
  float32: ['float32']
}

/** The operand, if it is what the result is. */
function unchanged(node: Node, operand: Value): Value | undefined {
  const [output] = node.outputs
  return sameShape(operand.shape, output!.shape) && operand.dtype === output!.dtype ? operand : undefined
}

/** An operator for which one number on the right, or on either side, changes nothing. */
function neutral(number: number, sides: 'both' | 'right'): Rule {
  return (node, { isFilledWith }) => {
    const [a, b] = node.inputs as [Value, Value]
    if (isFilledWith(b, number)) return unchanged(node, a)
    return sides === 'both' && isFilledWith(a, number) ? unchanged(node, b) : undefined
  }
}

/** Numbers that are whole and small, whatever their type. */
function isWhole(value: Value, { producer }: Context): boolean {
  const node = producer(value)
  if (!isOp(node, 'OneHot')) return false
  const numbers = node.inputs[2]!.data
  return (
    numbers !== undefined &&
    [...numbers].every(number => Number.isSafeInteger(Number(number)) && Math.abs(Number(number)) < 2 ** 24)
  )
}

const cast: Rule = (node, context) => {
  const [x] = node.inputs as [Value]
  if (unchanged(node, x)) return x
  const inner = context.producer(x)
  if (!isOp(inner, 'Cast')) return undefined
  const [original] = inner.inputs as [Value]
  const kept = wider[original.dtype].includes(x.dtype) || (x.dtype === 'int32' && isWhole(original, context))
  if (!kept) return undefined
  return unchanged(node, original) ?? { ...node, inputs: [original] }
}

const reshape: Rule = (node, { producer }) => {
  const [x, shape] = node.inputs as [Value, Value]
  if (unchanged(node, x)) return x
  const inner = producer(x)
  // ONNX reads a length of 0 as that of the operand.
  if (!isOp(inner, 'Reshape') || node.outputs[0]!.shape.includes(0)) return undefined
  const [original] = inner.inputs as [Value]
  return unchanged(node, original) ?? { ...node, inputs: [original, shape] }
}

function permutation({ inputs: [x], attributes: { perm } }: Node): readonly number[] {
  return (perm as readonly number[] | undefined) ?? x!.shape.map((_, k) => k).reverse()
}

const transpose: Rule = (node, { producer }) => {
  const inner = producer(node.inputs[0]!)
  const isTwice = isOp(inner, 'Transpose')
  const perm = isTwice ? permutation(node).map(axis => permutation(inner)[axis]!) : permutation(node)
  const original = isTwice ? inner.inputs[0]! : node.inputs[0]!
  if (perm.every((axis, k) => axis === k)) return original
  return isTwice ? { ...node, inputs: [original], attributes: { perm } } : undefined
}

const negate: Rule = (node, { producer }) => {
  const inner = producer(node.inputs[0]!)
  return isOp(inner, 'Neg') ? inner.inputs[0] : undefined
}

/** A product with ones that only stretches a value is left out where the operator would stretch the value itself. */
const unstretched: Rule = (node, { producer, isFilledWith }) => {
  const { shape } = node.outputs[0]!
  const operands = node.inputs.map(operand => {
    const stretch = producer(operand)
    if (!isOp(stretch, 'Mul')) return operand
    const [a, b] = stretch.inputs as [Value, Value]
    return isFilledWith(b, 1) ? a : isFilledWith(a, 1) ? b : operand
  })
  // The other operand must still give the result its shape.
  const k = operands.findIndex(
    (operand, k) => operand !== node.inputs[k] && sameShape(node.inputs[1 - k]!.shape, shape)
  )
  return k < 0 ? undefined : { ...node, inputs: node.inputs.with(k, operands[k]!) }
}

const rules: Readonly<Record<string, readonly Rule[]>> = {
  Add: [neutral(0, 'both'), unstretched],
  Cast: [cast],
  Div: [neutral(1, 'right'), unstretched],
  Mul: [neutral(1, 'both'), unstretched],
  Neg: [negate],
  Reshape: [reshape],
  Sub: [neutral(0, 'right'), unstretched],
  Transpose: [transpose]
}

/**
 * Leaves out operations that change nothing: `x·1`, `x + 0`, `x − 0`, `x / 1`, a transpose of a transpose, a reshape of a
 * reshape, a cast of a cast that lost nothing, products with ones that only stretch.
 */
export function simplify(graph: Graph): Graph {
  const outputs = new Set(graph.outputs)
  const replaced = new Map<Value, Value>()
  const resolve = resolver(replaced)
  const producers = new Map<Value, Node>()
  const context: Context = { producer: value => producers.get(value), isFilledWith: fillings() }
  const nodes: Node[] = []
  for (const old of graph.nodes) {
    let node = old.inputs.some(input => replaced.has(input))
      ? { ...old, inputs: old.inputs.map(resolve) }
      : old
    for (const rule of (node.domain === undefined && rules[node.op]) || []) {
      const better = rule(node, context)
      if (better === undefined) continue
      if (!('name' in better)) node = better
      else if (outputs.has(node.outputs[0]!))
        node = { ...node, op: 'Identity', inputs: [better], attributes: {} }
      else replaced.set(node.outputs[0]!, better)
      break
    }
    if (replaced.has(node.outputs[0]!)) continue
    nodes.push(node)
    for (const output of node.outputs) producers.set(output, node)
  }
  return { ...graph, nodes }
}
