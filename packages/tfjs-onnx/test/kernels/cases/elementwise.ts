import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { alike, anyTensor, broadcasting, type Draw, numbers, tensors } from '../generators.js'

type Unary = (x: tf.Tensor) => tf.Tensor

function unary(kernel: string, f: Unary, draw: Draw = {}, tolerance: Pick<Case, 'atol' | 'rtol'> = {}): Case {
  return { kernel, inputs: anyTensor(draw), f, ...tolerance }
}

const overReals: readonly Case[] = [
  unary('Abs', tf.abs, { step: 0.5 }),
  unary('Acos', tf.acos, { min: -0.9, max: 0.9 }),
  unary('Acosh', tf.acosh, { min: 1.1, max: 5 }),
  unary('Asin', tf.asin, { min: -0.9, max: 0.9 }),
  unary('Asinh', tf.asinh),
  unary('Atan', tf.atan),
  unary('Atanh', tf.atanh, { min: -0.9, max: 0.9 }),
  unary('Ceil', tf.ceil, { step: 0.25 }),
  unary('Cos', tf.cos),
  unary('Cosh', tf.cosh),
  unary('Erf', tf.erf),
  unary('Exp', tf.exp),
  unary('Expm1', tf.expm1),
  unary('Expm1', tf.expm1, { min: -1e-3, max: 1e-3 }, { atol: 1e-10 }),
  unary('Floor', tf.floor, { step: 0.25 }),
  unary('Identity', tf.clone),
  unary('Log', tf.log, { min: 0.1, max: 9 }),
  unary('Log1p', tf.log1p, { min: -0.9, max: 9 }),
  unary('Log1p', tf.log1p, { min: -1e-3, max: 1e-3 }, { atol: 1e-10 }),
  unary('Neg', tf.neg),
  unary('Reciprocal', tf.reciprocal, { min: 0.2, max: 4 }),
  unary('Round', tf.round, { step: 0.25 }),
  unary('Rsqrt', tf.rsqrt, { min: 0.2, max: 4 }),
  unary('Sigmoid', tf.sigmoid, { min: -20, max: 20 }),
  unary('Sign', tf.sign, { step: 0.5 }),
  unary('Sin', tf.sin),
  unary('Sinh', tf.sinh),
  unary('Softplus', tf.softplus, { min: -9, max: 9 }),
  unary('Sqrt', tf.sqrt, { min: 0.1, max: 9 }),
  unary('Square', tf.square),
  unary('Tan', tf.tan, { min: -1.2, max: 1.2 }),
  unary('Tanh', tf.tanh)
]

const int: Draw = { dtype: 'int32', min: -5, max: 5 }

/** tfjs keeps integers integers, and cuts off what is left: `expm1([1, 2])` is `[1, 6]`. */
const overIntegers: readonly Case[] = Object.entries({
  Abs: tf.abs,
  Erf: tf.erf,
  Expm1: tf.expm1,
  Identity: tf.clone,
  Log1p: (x: tf.Tensor) => tf.log1p(tf.abs(x)),
  Neg: tf.neg,
  Round: tf.round,
  Sign: tf.sign,
  Softplus: tf.softplus,
  Square: tf.square
}).map(([kernel, f]) => ({ kernel, name: 'of integers', inputs: anyTensor(int), f: f as Unary }))

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor

function binary(kernel: string, f: Binary, ...draws: readonly Draw[]): Case {
  const both = [draws[0] ?? {}, draws[1] ?? draws[0] ?? {}]
  // tfjs gives gradients of the wrong shape for these where an operand is broadcast.
  const isFlawed = ['Maximum', 'Minimum', 'SquaredDifference'].includes(kernel)
  const inputs = (isFlawed ? alike : broadcasting)(...both)
  return { kernel, inputs, f, ...(draws[0]?.dtype === 'int32' && { name: 'of integers' }) }
}

const ofTwo: readonly Case[] = [
  binary('Add', tf.add),
  binary('Add', tf.add, int),
  binary('Maximum', tf.maximum, { step: 1 }),
  binary('Maximum', tf.maximum, int),
  binary('Minimum', tf.minimum, { step: 1 }),
  binary('Minimum', tf.minimum, int),
  binary('Multiply', tf.mul),
  binary('Multiply', tf.mul, int),
  binary('Pow', tf.pow, { min: 0.3, max: 3 }, {}),
  binary('Pow', tf.pow, { dtype: 'int32', min: 1, max: 5 }, { dtype: 'int32', min: 0, max: 4 }),
  {
    kernel: 'Pow',
    name: 'of negative numbers',
    inputs: anyTensor({ min: -3, max: 3, step: 0.5 }),
    f: x => tf.pow(x, 2)
  },
  binary('RealDiv', tf.div, {}, { min: 0.5, max: 3 }),
  binary('Sub', tf.sub),
  binary('Sub', tf.sub, int),
  binary('SquaredDifference', tf.squaredDifference),
  binary('SquaredDifference', tf.squaredDifference, int),
  binary('Atan2', tf.atan2),
  {
    kernel: 'Atan2',
    name: 'on the axes',
    gradient: false,
    inputs: fc.constant([numbers([0, 0, 0, 1, -1, 2, -2]), numbers([0, 1, -1, 0, 0, -2, -2])]),
    f: tf.atan2 as Binary
  },
  binary('FloorDiv', tf.floorDiv, int, { dtype: 'int32', min: 1, max: 4 }),
  binary('FloorDiv', tf.floorDiv, int, { dtype: 'int32', min: -4, max: -1 }),
  {
    kernel: 'FloorDiv',
    name: 'of reals',
    gradient: false,
    inputs: broadcasting({ step: 0.5 }, { min: 0.5, max: 3, step: 0.5 }),
    f: tf.floorDiv as Binary
  },
  {
    kernel: 'FloorDiv',
    name: 'of large integers and by zero',
    inputs: fc.constant([
      numbers([2147483647, -2147483648, 7, -2147483647, -7], [5], 'int32'),
      numbers([2, -1, 0, 3, 0], [5], 'int32')
    ]),
    f: tf.floorDiv as Binary
  },
  binary('Mod', tf.mod, { min: -7, max: 7 }, { min: 0.5, max: 3 }),
  binary('Mod', tf.mod, { min: -7, max: 7 }, { min: -3, max: -0.5 }),
  binary('Mod', tf.mod, int, { dtype: 'int32', min: -4, max: 4 })
]

export const elementwiseCases: readonly Case[] = [
  ...overReals,
  ...overIntegers,
  ...ofTwo,
  { kernel: 'AddN', inputs: alike({}, {}, {}), f: (...xs) => tf.addN(xs), gradient: false },
  { kernel: 'AddN', name: 'of integers', inputs: alike(int, int, int), f: (...xs) => tf.addN(xs) },
  { kernel: 'AddN', name: 'of one', inputs: anyTensor(), f: x => tf.addN([x]), gradient: false },
  {
    kernel: 'Neg',
    name: 'of no numbers',
    inputs: tensors([[0, 3]]),
    f: x => tf.neg(x)
  }
]
