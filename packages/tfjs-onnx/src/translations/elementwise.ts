import type { KernelCall, Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { apply, cast, choose, inNumbers, isNotANumber, toNumber } from './operations.js'

/** Translations by kernel. */
export const elementwise: Record<string, Translation> = {}

/** Kernels of one operand that ONNX computes for real numbers only: the result of integers is cut off, as in tfjs. */
const real: Readonly<Record<string, string>> = {
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Erf: 'Erf',
  Exp: 'Exp',
  Log: 'Log',
  Reciprocal: 'Reciprocal',
  Sigmoid: 'Sigmoid',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
  Tanh: 'Tanh'
}

/** Computes in real numbers; the result has the operand's type. */
export function inReals(call: KernelCall, x: Value, compute: (real: Value) => Value): Value {
  return cast(call.graph, compute(cast(call.graph, x, 'float32')), x.dtype as 'float32')
}

for (const [kernel, op] of Object.entries(real)) {
  elementwise[kernel] = call => inReals(call, call.inputs.x!, x => apply(call, op, [x]))
}

for (const op of ['Abs', 'Neg']) {
  elementwise[op] = call => inNumbers(call, call.inputs.x!, x => apply(call, op, [x]))
}

/** To tfjs, what is no number has the sign 0. */
elementwise.Sign = call =>
  inNumbers(call, call.inputs.x!, x => {
    const sign = apply(call, 'Sign', [x])
    return x.dtype === 'float32' ? choose(call, isNotANumber(call, x), call.graph.scalar(0), sign) : sign
  })

for (const op of ['Ceil', 'Floor', 'Round']) {
  elementwise[op] = call => {
    const x = call.inputs.x!
    return x.dtype === 'float32' ? apply(call, op, [x]) : x
  }
}

elementwise.Identity = call => apply(call, 'Identity', [call.inputs.x!])

/** Kernels of two operands of the same type with broadcasting, result of their type. */
const binary: Readonly<Record<string, string>> = {
  Add: 'Add',
  Maximum: 'Max',
  Minimum: 'Min',
  Multiply: 'Mul',
  Pow: 'Pow',
  Sub: 'Sub'
}

/** One operator of two operands, on numbers. */
function applyToNumbers(call: KernelCall, op: string, a: Value, b: Value): Value {
  return inNumbers(call, a, x =>
    apply(call, op, [x, cast(call.graph, toNumber(call, b), x.dtype as 'int32')])
  )
}

for (const [kernel, op] of Object.entries(binary)) {
  elementwise[kernel] = call => applyToNumbers(call, op, call.inputs.a!, call.inputs.b!)
}

elementwise.RealDiv = call => {
  const [a, b] = [call.inputs.a!, call.inputs.b!]
  return inReals(call, a, x => apply(call, 'Div', [x, cast(call.graph, b, 'float32')]))
}

elementwise.AddN = call => {
  const operands = Object.values(call.inputs)
  if (operands[0]!.dtype === 'float32') return apply(call, 'Sum', operands)
  return operands.reduce((sum, operand) => applyToNumbers(call, 'Add', sum, operand))
}

elementwise.Square = call => applyToNumbers(call, 'Mul', call.inputs.x!, call.inputs.x!)

elementwise.SquaredDifference = call => {
  const difference = applyToNumbers(call, 'Sub', call.inputs.a!, call.inputs.b!)
  return applyToNumbers(call, 'Mul', difference, difference)
}

elementwise.Rsqrt = call =>
  inReals(call, call.inputs.x!, x => apply(call, 'Reciprocal', [apply(call, 'Sqrt', [x])]))
