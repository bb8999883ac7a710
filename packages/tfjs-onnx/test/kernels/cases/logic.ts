import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { anyTensor, broadcasting, type Draw, numbers, tensors } from '../generators.js'

const ties: Draw = { min: -2, max: 2, step: 1 }
const int: Draw = { dtype: 'int32', min: -2, max: 2 }
const bool: Draw = { dtype: 'bool' }

const comparisons = Object.entries({
  Equal: tf.equal,
  Greater: tf.greater,
  GreaterEqual: tf.greaterEqual,
  Less: tf.less,
  LessEqual: tf.lessEqual,
  NotEqual: tf.notEqual
}).flatMap(([kernel, f]): Case[] =>
  [ties, int, bool].map(draw => ({
    kernel,
    name: `of ${draw.dtype ?? 'float32'}`,
    inputs: broadcasting(draw, draw),
    f: (a, b) => f(a!, b!),
    gradient: false
  }))
)

const strange = fc.constant([numbers([Number.NaN, Infinity, -Infinity, 0, 3e38, -1])])

const tests = Object.entries({ IsFinite: tf.isFinite, IsInf: tf.isInf, IsNan: tf.isNaN }).flatMap(
  ([kernel, f]): Case[] => [
    { kernel, inputs: strange, f, gradient: false },
    { kernel, name: 'of integers', inputs: anyTensor(int), f }
  ]
)

export const logicCases: readonly Case[] = [
  ...comparisons,
  ...tests,
  { kernel: 'LogicalAnd', inputs: broadcasting(bool, bool), f: (a, b) => tf.logicalAnd(a!, b!) },
  { kernel: 'LogicalOr', inputs: broadcasting(bool, bool), f: (a, b) => tf.logicalOr(a!, b!) },
  { kernel: 'LogicalNot', inputs: anyTensor(bool), f: tf.logicalNot },
  {
    kernel: 'LogicalAnd',
    name: 'in XOR',
    inputs: broadcasting(bool, bool),
    f: (a, b) => tf.logicalXor(a!, b!)
  },
  {
    kernel: 'Select',
    inputs: tensors(
      [
        [2, 3],
        [2, 3],
        [2, 3]
      ],
      bool,
      {},
      {}
    ),
    f: (condition, a, b) => tf.where(condition!, a!, b!)
  },
  {
    kernel: 'Select',
    name: 'with broadcasting',
    inputs: tensors([[3, 1], [2, 3, 4], []], bool, {}, {}),
    f: (condition, a, b) => tf.where(condition!, a!, b!)
  },
  {
    kernel: 'Select',
    name: 'of integers and reals',
    inputs: tensors(
      [
        [2, 3],
        [2, 3],
        [2, 3]
      ],
      bool,
      int,
      {}
    ),
    f: (condition, a, b) => tf.where(condition!, a!, b!),
    gradient: false
  },
  {
    kernel: 'Select',
    name: 'of booleans',
    inputs: tensors(
      [
        [2, 3],
        [2, 3],
        [2, 3]
      ],
      bool,
      bool,
      bool
    ),
    f: (condition, a, b) => tf.where(condition!, a!, b!)
  }
]
