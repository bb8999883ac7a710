import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { anyTensor, type Draw, numbers, shapes, tensor } from '../generators.js'

const ties: Draw = { min: -8, max: 8, step: 1 }
const int: Draw = { dtype: 'int32', min: -9, max: 9 }

/** `x · Φ(x)`, as transformers use it. */
function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1))
}

/** The approximation of GPT-2. */
function geluTanh(x: tf.Tensor): tf.Tensor {
  const inner = tf.mul(tf.add(x, tf.mul(tf.pow(x, 3), 0.044715)), Math.sqrt(2 / Math.PI))
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1))
}

export const activationCases: readonly Case[] = [
  { kernel: 'Elu', inputs: anyTensor(), f: tf.elu },
  { kernel: 'Elu', name: 'at 0', inputs: anyTensor(ties), f: tf.elu },
  { kernel: 'EluGrad', inputs: anyTensor(ties), f: x => tf.grad(tf.elu)(x), gradient: false },
  { kernel: 'Relu', inputs: anyTensor(ties), f: tf.relu },
  { kernel: 'Relu', name: 'of integers', inputs: anyTensor(int), f: tf.relu },
  { kernel: 'Relu6', inputs: anyTensor(ties), f: tf.relu6 },
  { kernel: 'Relu6', name: 'of integers', inputs: anyTensor(int), f: tf.relu6 },
  { kernel: 'LeakyRelu', inputs: anyTensor(ties), f: x => tf.leakyRelu(x, 0.3) },
  { kernel: 'LeakyRelu', name: 'of integers', inputs: anyTensor(int), f: x => tf.leakyRelu(x, 0.3) },
  { kernel: 'Prelu', inputs: broadcastAlpha(), f: (x, alpha) => tf.prelu(x!, alpha!) },
  { kernel: 'Selu', inputs: anyTensor(), f: tf.selu },
  { kernel: 'Step', inputs: anyTensor(ties), f: x => tf.step(x, 0.25), gradient: false },
  { kernel: 'Step', name: 'of integers', inputs: anyTensor(int), f: x => tf.step(x) },
  { kernel: 'ClipByValue', inputs: anyTensor(ties), f: x => tf.clipByValue(x, -2, 5) },
  {
    kernel: 'ClipByValue',
    name: 'with one bound, of what is no number',
    inputs: fc.constant([numbers([Number.NaN, 7, -Infinity, Infinity])]),
    f: x => tf.clipByValue(x, -Infinity, 5),
    gradient: false
  },
  {
    kernel: 'ClipByValue',
    name: 'of integers with one bound',
    inputs: anyTensor(int),
    f: x => tf.clipByValue(x, -Infinity, 5)
  },
  { kernel: 'Erf', name: 'in GELU', inputs: anyTensor(), f: gelu },
  { kernel: 'Tanh', name: 'in GELU', inputs: anyTensor(), f: geluTanh },
  {
    kernel: 'Relu',
    name: 'of what is no number',
    inputs: fc.constant([numbers([Number.NaN, -Infinity, Infinity])]),
    f: tf.relu,
    gradient: false
  }
]

/** Slopes for the last axes, as networks have them; tfjs's gradient knows no other. */
function broadcastAlpha(): Case['inputs'] {
  return shapes(1, 3).chain(shape =>
    fc
      .nat(shape.length)
      .chain(from => fc.tuple(tensor(shape, ties), tensor(shape.slice(from), { min: 0.1, max: 0.5 })))
  )
}
