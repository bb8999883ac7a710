import type { KernelCall, Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { inReals } from './elementwise.js'
import { apply, cast, choose, compare } from './operations.js'

/** Translations by kernel. */
export const arithmetic: Record<string, Translation> = {}

/**
 * A quotient's floor and what is left of it, for integers. ONNX Runtime ends the process when it divides an integer by
 * zero; tfjs gives 0. In 64 bits, since the lowest number by −1 is as fatal in 32.
 */
function divideIntegers({ graph }: KernelCall, a: Value, b: Value): { floor: Value; rest: Value } {
  const [dividend, divisor] = [cast(graph, a, 'int64'), cast(graph, b, 'int64')]
  const [zero, one] = [0n, 1n].map(value => graph.constant(BigInt64Array.of(value), [], 'int64'))
  const isZero = compare({ graph }, 'Equal', divisor, zero!)
  const safe = choose({ graph }, isZero, one!, divisor)
  const rest = apply({ graph }, 'Mod', [dividend, safe]) // the sign of the divisor
  const floor = apply({ graph }, 'Div', [apply({ graph }, 'Sub', [dividend, rest]), safe])
  return { floor: choose({ graph }, isZero, zero!, floor), rest }
}

arithmetic.FloorDiv = call => {
  const [a, b] = [call.inputs.a!, call.inputs.b!]
  if (a.dtype !== 'float32') return cast(call.graph, divideIntegers(call, a, b).floor, 'int32')
  return cast(call.graph, apply(call, 'Floor', [apply(call, 'Div', [a, b])]), 'int32')
}

arithmetic.Mod = call => {
  const [a, b] = [call.inputs.a!, call.inputs.b!]
  if (a.dtype !== 'float32') return cast(call.graph, divideIntegers(call, a, b).rest, a.dtype as 'int32')
  const zero = call.graph.scalar(0)
  const remainder = (x: Value) => apply(call, 'Mod', [x, b], { attributes: { fmod: 1 } })
  const rest = remainder(a) // the sign of the dividend
  const signs = [a, b].map(x => compare(call, 'Less', x, zero))
  return choose(
    call,
    compare(call, 'Equal', signs[0]!, signs[1]!),
    rest,
    remainder(apply(call, 'Add', [rest, b]))
  )
}

/** `near` where the number is close to zero, `far` elsewhere. */
function nearZero(call: KernelCall, x: Value, near: Value, far: Value): Value {
  return choose(call, compare(call, 'Less', apply(call, 'Abs', [x]), call.graph.scalar(0.5)), near, far)
}

/** `eˣ − 1 = 2t / (1 − t)` with `t = tanh(x / 2)`, which keeps its digits near 0. */
arithmetic.Expm1 = call =>
  inReals(call, call.inputs.x!, x => {
    const { graph } = call
    const t = apply(call, 'Tanh', [apply(call, 'Mul', [x, graph.scalar(0.5)])])
    const near = apply(call, 'Div', [
      apply(call, 'Mul', [t, graph.scalar(2)]),
      apply(call, 'Sub', [graph.scalar(1), t])
    ])
    return nearZero(call, x, near, apply(call, 'Sub', [apply(call, 'Exp', [x]), graph.scalar(1)]))
  })

/** `ln(1 + x) = 2 artanh(x / (2 + x))`, which keeps its digits near 0. */
arithmetic.Log1p = call =>
  inReals(call, call.inputs.x!, x => {
    const { graph } = call
    const ratio = apply(call, 'Div', [x, apply(call, 'Add', [x, graph.scalar(2)])])
    const near = apply(call, 'Mul', [apply(call, 'Atanh', [ratio]), graph.scalar(2)])
    return nearZero(call, x, near, apply(call, 'Log', [apply(call, 'Add', [x, graph.scalar(1)])]))
  })

/** Whether a number is negative; so is −0, of which `1 / −0` is. */
function isNegative(call: KernelCall, x: Value): Value {
  const zero = call.graph.scalar(0)
  const inverse = apply(call, 'Reciprocal', [x])
  return compare(call, 'Less', choose(call, compare(call, 'Equal', x, zero), inverse, x), zero)
}

/** Where both operands are zero, or both infinite. */
function both(call: KernelCall, isIt: (x: Value) => Value, a: Value, b: Value): Value {
  return apply(call, 'And', [isIt(a), isIt(b)])
}

/** The angle of the point `(b, a)`, which ONNX lacks: `atan(a / b)`, half a turn on where `b` is negative. */
arithmetic.Atan2 = call =>
  inReals(call, call.inputs.a!, a => {
    const { graph } = call
    const b = cast(graph, call.inputs.b!, 'float32')
    const isZero = (x: Value) => compare(call, 'Equal', x, graph.scalar(0))
    const isInfinite = (x: Value) => apply(call, 'IsInf', [x], { dtype: 'bool' })
    const signs = apply(call, 'Mul', [apply(call, 'Sign', [a]), apply(call, 'Sign', [b])])
    const quotient = apply(call, 'Div', [a, b])
    const bounded = choose(call, both(call, isInfinite, a, b), signs, quotient)
    const angle = apply(call, 'Atan', [choose(call, both(call, isZero, a, b), a, bounded)])
    const halfTurn = choose(call, isNegative(call, a), graph.scalar(-Math.PI), graph.scalar(Math.PI))
    return choose(call, isNegative(call, b), apply(call, 'Add', [angle, halfTurn]), angle)
  })
