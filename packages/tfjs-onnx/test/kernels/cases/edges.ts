import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { type HostTensor, numbers } from '../generators.js'

const reals = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2.5, 3e38, -3e38, 1e-40, 3.5, -0.5]
const integers = [0, 1, -1, 2147483647, -2147483647, 5, -7]

type Unary = (x: tf.Tensor) => tf.Tensor | tf.Tensor[]
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor

function given(...inputs: HostTensor[]): Case['inputs'] {
  return fc.constant(inputs)
}

const unary: Readonly<Record<string, Unary>> = {
  Abs: tf.abs,
  Acos: tf.acos,
  Acosh: tf.acosh,
  Asin: tf.asin,
  Asinh: tf.asinh,
  Atan: tf.atan,
  Atanh: tf.atanh,
  Ceil: tf.ceil,
  ClipByValue: x => tf.clipByValue(x, -2, 2),
  Cosh: tf.cosh,
  Cumsum: x => tf.cumsum(x),
  Elu: tf.elu,
  Erf: tf.erf,
  Exp: tf.exp,
  Expm1: tf.expm1,
  Floor: tf.floor,
  IsFinite: tf.isFinite,
  IsInf: tf.isInf,
  IsNan: tf.isNaN,
  LeakyRelu: x => tf.leakyRelu(x),
  Log: tf.log,
  Log1p: tf.log1p,
  Mean: x => tf.mean(x),
  Neg: tf.neg,
  Reciprocal: tf.reciprocal,
  Relu: tf.relu,
  Relu6: tf.relu6,
  Reverse: x => tf.reverse(x),
  Round: tf.round,
  Rsqrt: tf.rsqrt,
  Selu: tf.selu,
  Sigmoid: tf.sigmoid,
  Sign: tf.sign,
  Sinh: tf.sinh,
  Softmax: x => tf.softmax(x),
  Softplus: tf.softplus,
  Sqrt: tf.sqrt,
  Square: tf.square,
  Step: x => tf.step(x, 0.25),
  Sum: x => tf.sum(x),
  Tanh: tf.tanh,
  Tile: x => tf.tile(x, [2])
}

const withoutGradient = new Set(['Erf', 'IsFinite', 'IsInf', 'IsNan', 'Sign', 'Step'])

const ofReals = Object.entries(unary).flatMap(([kernel, f]): Case[] => {
  const gradient = !withoutGradient.has(kernel)
  return [
    { kernel, name: 'of numbers at the edge', inputs: given(numbers(reals)), f: x => f(x!), gradient },
    { kernel, name: 'of no numbers', inputs: given(numbers([])), f: x => f(x!), gradient }
  ]
})

const pairs: Readonly<Record<string, Binary>> = {
  Add: tf.add,
  Atan2: tf.atan2,
  Equal: tf.equal,
  GreaterEqual: tf.greaterEqual,
  Less: tf.less,
  Maximum: tf.maximum,
  Minimum: tf.minimum,
  Multiply: tf.mul,
  NotEqual: tf.notEqual,
  Prelu: tf.prelu,
  RealDiv: tf.div,
  Select: (a, b) => tf.where(tf.less(a, 1), a, b),
  SquaredDifference: tf.squaredDifference,
  Sub: tf.sub
}

const differentiable = new Set(
  'Add Atan2 Maximum Minimum Multiply Prelu RealDiv SquaredDifference Sub'.split(' ')
)

/** Every number with every other. */
function square(values: readonly number[], dtype: 'float32' | 'int32'): Case['inputs'] {
  const [a, b] = [values.flatMap(x => values.map(() => x)), values.flatMap(() => values)]
  return given(numbers(a, [a.length], dtype), numbers(b, [b.length], dtype))
}

const ofPairs = Object.entries(pairs).map(
  ([kernel, f]): Case => ({
    kernel,
    name: 'of pairs of numbers at the edge',
    inputs: square(reals, 'float32'),
    f: (a, b) => f(a!, b!),
    gradient: differentiable.has(kernel)
  })
)

const ofIntegers = Object.entries({
  Add: tf.add,
  Sub: tf.sub,
  Maximum: tf.maximum,
  Less: tf.less,
  Mod: tf.mod
}).map(
  ([kernel, f]): Case => ({
    kernel,
    name: 'of pairs of integers at the edge',
    inputs: square(integers, 'int32'),
    f: (a, b) => (f as Binary)(a!, b!)
  })
)

type Reduce = (x: tf.Tensor, axis?: number) => tf.Tensor

const ofEmptyAxes = Object.entries({
  All: (x, axis) => tf.all(tf.cast(x, 'bool'), axis),
  Any: (x, axis) => tf.any(tf.cast(x, 'bool'), axis),
  ArgMax: (x, axis) => tf.argMax(x, axis),
  ArgMin: (x, axis) => tf.argMin(x, axis),
  Max: (x, axis) => tf.max(x, axis),
  Mean: (x, axis) => tf.mean(x, axis),
  Min: (x, axis) => tf.min(x, axis),
  Prod: (x, axis) => tf.prod(x, axis),
  Sum: (x, axis) => tf.sum(x, axis)
} as Readonly<Record<string, Reduce>>).flatMap(([kernel, f]) =>
  [[0], [0, 3], [3, 0], [2, 0, 3]].flatMap(shape =>
    (['float32', 'int32'] as const).flatMap(dtype =>
      shape.map(
        (_, axis): Case => ({
          kernel,
          name: `of ${dtype} [${shape}] along axis ${axis}`,
          inputs: given(numbers([], shape, dtype)),
          f: x => f(x!, axis),
          gradient: false
        })
      )
    )
  )
)

const emptyProducts = [
  [
    [0, 3],
    [3, 2]
  ],
  [
    [2, 0],
    [0, 3]
  ],
  [
    [2, 3],
    [3, 0]
  ],
  [
    [2, 2, 0],
    [2, 0, 2]
  ]
].map(([a, b]): Case => {
  const ones = (shape: readonly number[]) =>
    numbers(new Array(shape.reduce((size, n) => size * n, 1)).fill(1), shape)
  return {
    kernel: 'BatchMatMul',
    name: `of [${a}] and [${b}], and a bias`,
    inputs: given(ones(a!), ones(b!), ones([b!.at(-1)!])),
    f: (x, y, bias) => [tf.matMul(x!, y!), tf.add(tf.matMul(x!, y!), bias!)],
    gradient: false
  }
})

export const edgeCases: readonly Case[] = [
  ...ofReals,
  ...ofPairs,
  ...ofIntegers,
  ...ofEmptyAxes,
  ...emptyProducts,
  {
    kernel: 'BatchMatMul',
    name: 'of what is no number',
    inputs: given(numbers([Number.NaN, 1, Infinity, 0, 0, 0], [3, 2]), numbers([0, 1, Infinity, 2], [2, 2])),
    f: (x, y) => tf.matMul(x!, y!)
  },
  {
    kernel: 'Sum',
    name: 'of integers that go round',
    inputs: given(numbers([2147483647, 2147483647, 5, -2147483648, -1, 0], [2, 3], 'int32')),
    f: x => [tf.sum(x!), tf.sum(x!, 1)]
  },
  {
    kernel: 'TensorScatterUpdate',
    name: 'at indices of one axis',
    inputs: given(numbers([1, 2, 3, 4], [2, 2]), numbers([1], [1], 'int32'), numbers([9, 8], [1, 2])),
    f: (x, at, rows) => tf.tensorScatterUpdate(x!, at!, rows!),
    gradient: false
  }
]
