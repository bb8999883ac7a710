import { BatchError } from '../errors.js'
import { sizeOf } from '../shapes.js'
import type { Constant, Graph, Node, Value } from '../types.js'
import { isConstant, isSame } from './generalize.js'
import type { Lengths, OpenAxis } from './open-axes.js'
import { fillingOf, openConstant } from './open-constant.js'
import { isIdle, isSameStep, originsOf } from './origins.js'

/** The values of another trace that stand for those of the first. */
export type Twins = ReadonlyMap<Value, Value>

/** Who reads a value, and which of its operands it is. */
interface Reader {
  readonly node: Node
  readonly twin: Node
  readonly index: number
}

/**
 * Checks that a function does for other lengths what it does for the first. An axis of length 1 may be left as it is where a
 * longer one is repeated or reduced: tfjs broadcasts so.
 *
 * @param first The trace for the first length of every axis, as it is recorded.
 * @param other The trace for other lengths.
 * @param known What an earlier comparison gave: lengths that were the same then must be the same now.
 * @returns The twins of the first trace's values.
 * @throws {BatchError} if it does something else.
 */
export function requireSameTrace(
  first: Graph,
  other: Graph,
  { axes, lengths }: { readonly axes: readonly OpenAxis[]; readonly lengths: Lengths },
  known: Twins = new Map()
): Twins {
  const fail = (op: string, problem: string): never => {
    throw new BatchError(op, problem, [...lengths.keys()])
  }
  const [origins, otherOrigins] = [originsOf(first), originsOf(other)]
  const failAt = (value: Value) =>
    fail(origins.get(value)?.node?.op ?? 'input', 'the shape of its result depends on')
  const isOne = [...lengths.values()].includes(1)
  /** A length of the first trace as it is in the other, if it is a multiple of open ones, which are prime. */
  const expected = (length: number) =>
    axes.reduce(
      (n, axis) => (n % axis.lengths[0] === 0 ? (n / axis.lengths[0]) * lengths.get(axis.name)! : n),
      length
    )
  const hasShape = (value: Value, twin: Value) =>
    value.shape.length === twin.shape.length &&
    value.shape.every((n, k) => {
      if (expected(n) !== n) return twin.shape[k] === expected(n)
      return twin.shape[k] === n || known.get(value)?.shape[k] !== n
    })
  const isExplained = (value: Constant, twin: Constant, { node, twin: otherNode, index }: Reader) => {
    if (isSame(value, twin)) return true
    if (fillingOf(value, twin) !== undefined) return hasShape(value, twin)
    const before = known.get(value)?.data
    const moves = twin.data.some((number, k) => number !== value.data[k] && before?.[k] === value.data[k])
    return !moves && openConstant(node, otherNode, index) !== undefined
  }

  const twins = new Map<Value, Value>()
  const seen = new Map<Value, Set<Value>>()
  const open: { value: Value; twin: Value; reader?: Reader }[] = []
  for (const [k, value] of first.outputs.entries()) {
    const twin = other.outputs[k]
    if (twin === undefined || !hasShape(value, twin)) return failAt(origins.get(value)!.node!.inputs[0]!)
    open.push({ value, twin })
  }
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const { value, twin, reader } = pair
    if (isConstant(value) && isConstant(twin)) {
      if (!isExplained(value, twin, reader!)) {
        const constant = `a constant of shape [${value.shape.join(', ')}]`
        fail(reader!.node.op, `its operand ${reader!.index + 1}, ${constant}, depends on`)
      }
      twins.set(value, twin)
      continue
    }
    const twinsSeen = seen.get(value) ?? new Set()
    if (twinsSeen.has(twin)) continue
    seen.set(value, twinsSeen.add(twin))
    twins.set(value, twin)
    if (!isOne && reader !== undefined) {
      if (twinsSeen.size > 1) fail(reader.node.op, 'which values it takes depends on')
      if (!hasShape(value, twin)) failAt(value)
    }
    const [origin, otherOrigin] = [origins.get(value), otherOrigins.get(twin)]
    const [node, otherNode] = [origin?.node, otherOrigin?.node]
    const isTwin = origin !== undefined && origin.place === otherOrigin?.place
    if (isTwin && node === undefined && otherNode === undefined) continue
    if (isTwin && node !== undefined && otherNode !== undefined && isSameStep(node, otherNode)) {
      for (const [index, input] of node.inputs.entries()) {
        open.push({ value: input, twin: otherNode.inputs[index]!, reader: { node, twin: otherNode, index } })
      }
    } else if (isOne && isIdle(node, ({ shape }) => sizeOf(shape.map(expected)))) {
      open.push({ value: node.inputs[0]!, twin, ...(reader && { reader }) })
    } else if (isOne && isIdle(otherNode, ({ shape }) => sizeOf(shape))) {
      open.push({ value, twin: otherNode.inputs[0]!, ...(reader && { reader }) })
    } else fail((node ?? otherNode ?? reader!.node).op, 'whether and how it is applied depends on')
  }
  return twins
}
