import { BatchError } from '../errors.js'
import type { Attribute, Constant, Graph, Node, Value } from '../types.js'
import { openConstant } from './open-constant.js'

/**
 * One graph for all lengths, from the graphs of a function for two lengths.
 *
 * @param axes The names of the open axes, for errors.
 * @throws {BatchError} if the graphs differ in more than the shapes of their values.
 */
export function generalize(first: Graph, second: Graph, axes: readonly string[]): Graph {
  const fail = (op: string, problem: string): never => {
    throw new BatchError(op, problem, axes)
  }
  const twins = new Map<Value, Value>(first.inputs.map((input, k) => [input, second.inputs[k]!]))
  const opened = new Map<string, Constant>()

  const generalizeInput = (node: Node, twin: Node, index: number): Value => {
    const [value, other] = [node.inputs[index]!, twin.inputs[index]!]
    if (!isConstant(value) || !isConstant(other)) {
      return twins.get(value) === other ? value : fail(node.op, 'which values it takes depends on')
    }
    if (isSame(value, other)) return value
    const constant =
      openConstant(node, twin, index) ??
      fail(node.op, `its operand ${index + 1}, a constant of shape [${value.shape.join(', ')}], depends on`)
    const key = `${value.name} ${constant.shape} ${constant.data}`
    if (!opened.has(key)) opened.set(key, constant)
    return opened.get(key)!
  }

  const nodes = first.nodes.map((node, k) => {
    const twin = second.nodes[k]
    if (twin === undefined || !isSameOperation(node, twin)) {
      return fail(node.op, 'whether and how it is applied depends on')
    }
    for (const [k, output] of node.outputs.entries()) twins.set(output, twin.outputs[k]!)
    return { ...node, inputs: node.inputs.map((_, index) => generalizeInput(node, twin, index)) }
  })
  const extra = second.nodes[first.nodes.length]
  if (extra !== undefined) fail(extra.op, 'whether it is applied depends on')
  return { ...first, nodes }
}

/** Whether a value is known before the graph runs. */
export function isConstant(value: Value): value is Constant {
  return value.data !== undefined
}

/** Whether two constants have the same type, shape and numbers. */
export function isSame(a: Constant, b: Constant): boolean {
  if (a.dtype !== b.dtype || `${a.shape}` !== `${b.shape}`) return false
  return a.data === b.data || a.data.every((number, k) => Object.is(number, b.data[k]))
}

/** Whether two nodes do the same, whatever their operands are. */
export function isSameOperation(a: Node, b: Node): boolean {
  return (
    a.op === b.op &&
    a.domain === b.domain &&
    a.inputs.length === b.inputs.length &&
    a.outputs.length === b.outputs.length &&
    textOf(a.attributes) === textOf(b.attributes)
  )
}

function textOf(attributes: Readonly<Record<string, Attribute>>): string {
  return JSON.stringify(attributes)
}
