import { broadcastShape } from '../shapes.js'
import type { KernelCall, Translation } from '../translation.js'
import type { Attribute, Value } from '../types.js'

/** Translations by kernel. */
export const elementwise: Record<string, Translation> = {}

/** Kernels that are one ONNX operator of one operand, result of the same shape and type. */
const unary: Readonly<Record<string, string>> = {
  Abs: 'Abs',
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Ceil: 'Ceil',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Elu: 'Elu',
  Erf: 'Erf',
  Exp: 'Exp',
  Floor: 'Floor',
  Identity: 'Identity',
  Log: 'Log',
  Neg: 'Neg',
  Reciprocal: 'Reciprocal',
  Relu: 'Relu',
  Round: 'Round',
  Sigmoid: 'Sigmoid',
  Sign: 'Sign',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
  Tanh: 'Tanh'
}

/** Kernels that are one ONNX operator of two operands with broadcasting, result of their type. */
const binary: Readonly<Record<string, string>> = {
  Add: 'Add',
  Maximum: 'Max',
  Minimum: 'Min',
  Multiply: 'Mul',
  Pow: 'Pow',
  RealDiv: 'Div',
  Sub: 'Sub'
}

/** One operator, applied with broadcasting. */
export function apply(
  { graph }: Pick<KernelCall, 'graph'>,
  op: string,
  operands: readonly Value[],
  { dtype = operands[0]!.dtype, attributes = {} as Readonly<Record<string, Attribute>> } = {}
): Value {
  const shape = operands.map(({ shape }) => shape).reduce(broadcastShape)
  return graph.node(op, operands, { shape, dtype }, attributes)
}

for (const [kernel, op] of Object.entries(unary)) {
  elementwise[kernel] = call => apply(call, op, [call.inputs.x!])
}
for (const [kernel, op] of Object.entries(binary)) {
  elementwise[kernel] = call => apply(call, op, [call.inputs.a!, call.inputs.b!])
}

/** The number as a constant of the value's type. */
function like(call: KernelCall, value: Value, number: number): Value {
  return call.graph.scalar(number, value.dtype === 'int32' ? 'int32' : 'float32')
}

elementwise.AddN = call => apply(call, 'Sum', Object.values(call.inputs))

elementwise.Square = call => apply(call, 'Mul', [call.inputs.x!, call.inputs.x!])

elementwise.SquaredDifference = call => {
  const difference = apply(call, 'Sub', [call.inputs.a!, call.inputs.b!])
  return apply(call, 'Mul', [difference, difference])
}

elementwise.Rsqrt = call => apply(call, 'Reciprocal', [apply(call, 'Sqrt', [call.inputs.x!])])

elementwise.Expm1 = call => apply(call, 'Sub', [apply(call, 'Exp', [call.inputs.x!]), call.graph.scalar(1)])

elementwise.Log1p = call => apply(call, 'Log', [apply(call, 'Add', [call.inputs.x!, call.graph.scalar(1)])])

/** Rounded towards minus infinity, also for integers, which ONNX's `Div` rounds towards zero. */
function floorDiv(call: KernelCall, a: Value, b: Value): Value {
  if (a.dtype !== 'int32') return apply(call, 'Floor', [apply(call, 'Div', [a, b])])
  const toType = (value: Value, dtype: 'float32' | 'int32') =>
    apply(call, 'Cast', [value], { dtype, attributes: { to: dtype === 'float32' ? 1 : 6 } })
  const quotient = apply(call, 'Div', [toType(a, 'float32'), toType(b, 'float32')])
  return toType(apply(call, 'Floor', [quotient]), 'int32')
}

elementwise.FloorDiv = call => floorDiv(call, call.inputs.a!, call.inputs.b!)

elementwise.Mod = call => {
  const { a, b } = call.inputs
  if (a!.dtype === 'int32') return apply(call, 'Mod', [a!, b!])
  return apply(call, 'Sub', [a!, apply(call, 'Mul', [b!, floorDiv(call, a!, b!)])])
}

/** Between two bounds. */
function clip(call: KernelCall, x: Value, low: number, high: number): Value {
  return apply(call, 'Min', [apply(call, 'Max', [x, like(call, x, low)]), like(call, x, high)])
}

elementwise.ClipByValue = call => {
  const { clipValueMin, clipValueMax } = call.attributes
  return clip(call, call.inputs.x!, clipValueMin, clipValueMax)
}

elementwise.Relu6 = call => clip(call, call.inputs.x!, 0, 6)

elementwise.LeakyRelu = call =>
  apply(call, 'LeakyRelu', [call.inputs.x!], { attributes: { alpha: { float: call.attributes.alpha } } })

elementwise.Prelu = call => apply(call, 'PRelu', [call.inputs.x!, call.inputs.alpha!])

/** `x` where it is positive, else the other. */
function wherePositive(call: KernelCall, x: Value, positive: Value, other: Value): Value {
  const condition = apply(call, 'Greater', [x, like(call, x, 0)], { dtype: 'bool' })
  return apply(call, 'Where', [condition, positive, other], { dtype: positive.dtype })
}

elementwise.Step = call => {
  const x = call.inputs.x!
  return wherePositive(call, x, like(call, x, 1), like(call, x, call.attributes.alpha ?? 0))
}

elementwise.EluGrad = call => {
  const { dy, y } = call.inputs
  const slope = apply(call, 'Add', [y!, call.graph.scalar(1)])
  return wherePositive(call, y!, dy!, apply(call, 'Mul', [dy!, slope]))
}

const [seluAlpha, seluScale] = [1.7580993408473768, 1.0507009873554805]

elementwise.Selu = call => {
  const attributes = { alpha: { float: seluAlpha / seluScale }, gamma: { float: seluScale } }
  return apply(call, 'Selu', [call.inputs.x!], { attributes })
}
