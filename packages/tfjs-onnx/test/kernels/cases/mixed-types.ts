import * as tf from '@tensorflow/tfjs-core'
import type { Case } from '../check.js'
import { broadcasting, type Draw } from '../generators.js'

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor

const draws: readonly Draw[] = [
  { min: 1, max: 4, step: 0.5 },
  { dtype: 'int32', min: 1, max: 4 },
  { dtype: 'bool', min: 1 }
]
const bool: Draw = { dtype: 'bool' }

const kernels: Readonly<Record<string, Binary>> = {
  Add: tf.add,
  Equal: tf.equal,
  FloorDiv: tf.floorDiv,
  Less: tf.less,
  Maximum: tf.maximum,
  Minimum: tf.minimum,
  Mod: tf.mod,
  Multiply: tf.mul,
  Pow: tf.pow,
  SquaredDifference: tf.squaredDifference,
  Sub: tf.sub
}

/** tfjs brings both operands to the wider type: booleans to integers, integers to reals. */
const upcast = Object.entries(kernels).flatMap(([kernel, f]) =>
  draws.flatMap((first): Case[] =>
    draws
      .filter(second => second !== first)
      .map(second => ({
        kernel,
        name: `of ${first.dtype ?? 'float32'} and ${second.dtype ?? 'float32'}`,
        inputs: broadcasting(first, second),
        f: (a, b) => f(a!, b!),
        gradient: false
      }))
  )
)

/** tfjs calculates with booleans as bytes, and calls the result boolean: what is compared is whether it holds. */
const ofBooleans = Object.entries({ Add: tf.add, Maximum: tf.maximum, Multiply: tf.mul, Sub: tf.sub }).map(
  ([kernel, f]): Case => ({
    kernel,
    name: 'of booleans',
    inputs: broadcasting(bool, bool),
    f: (a, b) => tf.logicalNot(tf.cast(f(a!, b!), 'bool'))
  })
)

export const mixedTypeCases: readonly Case[] = [
  ...upcast,
  ...ofBooleans,
  {
    kernel: 'RealDiv',
    name: 'of reals and integers',
    inputs: broadcasting(draws[0]!, draws[1]!),
    f: (a, b) => [tf.div(a!, b!), tf.div(b!, a!)],
    gradient: false
  },
  {
    kernel: 'FloorDiv',
    name: 'in a division of integers',
    inputs: broadcasting(draws[1]!, draws[1]!),
    f: (a, b) => tf.div(a!, b!)
  },
  {
    kernel: 'Multiply',
    name: 'of reals and integers, with its gradient',
    inputs: broadcasting(draws[0]!, draws[1]!),
    f: (a, b) => tf.mul(a!, b!)
  }
]
