import { broadcastShape, sameShape } from '../shapes.js'
import type { Constant, Node, Value } from '../types.js'

/** Operators that repeat the smaller of their operands. */
const broadcasting = new Set(
  'Add Sub Mul Div Max Min Pow Mod Sum Where And Or Xor Equal Greater GreaterOrEqual Less LessOrEqual'.split(
    ' '
  )
)

/** An end beyond every length, which ONNX takes as the length. */
const theEnd = 2 ** 31 - 1

/**
 * A constant that serves a node for all lengths of the open axes, where its own is another for each.
 *
 * @param node The node of the graph for the first length.
 * @param twin The same node of the graph for the second length.
 * @param index Which of its operands.
 * @returns Nothing, if there is none.
 */
export function openConstant(node: Node, twin: Node, index: number): Constant | undefined {
  if (node.op === 'Reshape' && index === 1) return openTarget(node, twin)
  if (node.op === 'Slice' && index === 2) return openEnds(node, twin)
  return broadcasting.has(node.op) ? toScalar(node, twin, index) : undefined
}

/** The target of a reshape: 0 where an axis keeps its open length, −1 for one other that is open. */
function openTarget(node: Node, twin: Node): Constant | undefined {
  const [x, target] = node.inputs as [Value, Constant]
  const [y, other] = twin.inputs as [Value, Constant]
  if (!sameShape(target.shape, other.shape)) return undefined
  const [lengths, others] = [integersOf(target), integersOf(other)]
  const open = lengths.flatMap((n, k) => (n === others[k] ? [] : k))
  const moved = open.filter(k => lengths[k] !== x.shape[k] || others[k] !== y.shape[k])
  if (moved.length > 1) return undefined
  const inferred = moved[0] ?? (open.length === 1 ? open[0] : undefined)
  const general = lengths.map((n, k) => (k === inferred ? -1 : open.includes(k) ? 0 : n))
  return withIntegers(target, general)
}

/** The ends of a slice, where those that are open are the ends of their axes. */
function openEnds(node: Node, twin: Node): Constant | undefined {
  const [x, , ends, axes] = node.inputs as [Value, Value, Constant, Constant]
  const [y, , others] = twin.inputs as [Value, Value, Constant]
  const stops = integersOf(ends).map((end, k) => {
    const [axis, other] = [integersOf(axes)[k]!, integersOf(others)[k]!]
    if (end === other) return end
    return end === x.shape[axis] && other === y.shape[axis] ? theEnd : undefined
  })
  return stops.includes(undefined) ? undefined : withIntegers(ends, stops as number[])
}

/** One number for a constant that repeats it, where the other operands have the result's shape without it. */
function toScalar(node: Node, twin: Node, index: number): Constant | undefined {
  const filling = node.inputs.map((value, k) => fillingOf(value, twin.inputs[k]!))
  const shapes = node.inputs.filter((_, k) => filling[k] === undefined).map(({ shape }) => shape)
  if (filling[index] === undefined || shapes.length === 0) return undefined
  if (!sameShape(shapes.reduce(broadcastShape), node.outputs[0]!.shape)) return undefined
  const constant = node.inputs[index] as Constant
  return { ...constant, shape: [], data: constant.data.slice(0, 1) }
}

/** The number of which two constants of different shapes consist. */
export function fillingOf({ data, shape }: Value, twin: Value): number | bigint | undefined {
  if (data === undefined || twin.data === undefined || sameShape(shape, twin.shape)) return undefined
  const first = data[0]
  const isFilled = (numbers: typeof data) => numbers.every(number => Object.is(number, first))
  return isFilled(data) && isFilled(twin.data) ? first : undefined
}

function integersOf({ data }: Constant): number[] {
  return Array.from(data as BigInt64Array, Number)
}

function withIntegers(constant: Constant, values: readonly number[]): Constant {
  return { ...constant, data: BigInt64Array.from(values, BigInt) }
}
