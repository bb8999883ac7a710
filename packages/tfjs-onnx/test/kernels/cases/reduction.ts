import * as tf from '@tensorflow/tfjs-core'
import type { Case } from '../check.js'
import { anyTensor, type Draw, tensors } from '../generators.js'

const ties: Draw = { min: -2, max: 2, step: 1 }
const int: Draw = { dtype: 'int32', min: -3, max: 3 }
const bool: Draw = { dtype: 'bool' }
const shape = [2, 3, 4]

type Reduce = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor

/** A reduction over every kind of axes. */
function overAxes(kernel: string, reduce: Reduce, draw: Draw, gradient = true): Case[] {
  const one = (name: string, f: Case['f'], inputs: Case['inputs'] = tensors([shape], draw)): Case => ({
    kernel,
    name: `of ${draw.dtype ?? 'float32'}, ${name}`,
    inputs,
    f,
    gradient: gradient && draw.dtype === undefined
  })
  return [
    one('all axes of any shape', x => reduce(x!), anyTensor(draw)),
    one('all axes kept', x => reduce(x!, undefined, true)),
    one('the last axis', x => reduce(x!, -1)),
    one('the first axis kept', x => reduce(x!, 0, true)),
    one('two axes', x => reduce(x!, [0, 2])),
    one('an axis of length 1', x => reduce(x!, 1), tensors([[2, 1, 3]], draw)),
    one('no axes', x => reduce(x!, []))
  ]
}

const positions: readonly Case[] = Object.entries({ ArgMax: tf.argMax, ArgMin: tf.argMin }).flatMap(
  ([kernel, f]) =>
    [ties, int].flatMap((draw): Case[] =>
      [0, 1, -1].map(axis => ({
        kernel,
        name: `of ${draw.dtype ?? 'float32'} with ties, axis ${axis}`,
        inputs: tensors([[3, 4, 5]], draw),
        f: x => f(x!, axis),
        gradient: false
      }))
    )
)

const running: readonly Case[] = Object.entries({ Cumsum: tf.cumsum, Cumprod: tf.cumprod }).flatMap(
  ([kernel, f]) =>
    [false, true].flatMap(exclusive =>
      [false, true].flatMap((reverse): Case[] => [
        {
          kernel,
          name: `exclusive ${exclusive}, reverse ${reverse}`,
          inputs: tensors([shape]),
          f: x => f(x!, 2, exclusive, reverse),
          gradient: kernel === 'Cumsum'
        },
        {
          kernel,
          name: `exclusive ${exclusive}, reverse ${reverse}, of integers along another axis`,
          inputs: tensors([shape], int),
          f: x => f(x!, 1, exclusive, reverse)
        }
      ])
    )
)

/** Layer normalisation as transformers have it. */
function layerNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor {
  const mean = tf.mean(x, -1, true)
  const variance = tf.mean(tf.squaredDifference(x, tf.broadcastTo(mean, x.shape)), -1, true)
  return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), scale), offset)
}

export const reductionCases: readonly Case[] = [
  ...overAxes('Sum', tf.sum, {}),
  ...overAxes('Sum', tf.sum, int),
  ...overAxes('Sum', tf.sum, bool),
  ...overAxes('Mean', tf.mean, {}),
  ...overAxes('Mean', tf.mean, int),
  ...overAxes('Max', tf.max, ties),
  ...overAxes('Max', tf.max, int),
  ...overAxes('Min', tf.min, ties),
  ...overAxes('Min', tf.min, int),
  ...overAxes('Prod', tf.prod, ties, false),
  ...overAxes('Prod', tf.prod, int),
  ...overAxes('All', tf.all, bool),
  ...overAxes('Any', tf.any, bool),
  { kernel: 'Prod', name: 'with its gradient', inputs: tensors([shape], ties), f: x => tf.prod(x!, [1, 2]) },
  { kernel: 'Max', name: 'of booleans', inputs: tensors([shape], bool), f: x => tf.max(x!, 1) },
  ...positions,
  ...running,
  { kernel: 'Softmax', inputs: anyTensor({ min: -30, max: 30 }, 1), f: x => tf.softmax(x!) },
  {
    kernel: 'Exp',
    name: 'in log-softmax',
    inputs: anyTensor({ min: -30, max: 30 }, 1),
    f: x => tf.logSoftmax(x!)
  },
  {
    kernel: 'Max',
    name: 'in log-sum-exp',
    inputs: tensors([shape]),
    f: x => tf.logSumExp(x!, 1),
    gradient: false
  },
  {
    kernel: 'Mean',
    name: 'in moments',
    inputs: tensors([shape]),
    f: x => Object.values(tf.moments(x!, [0, 1]))
  },
  { kernel: 'Sqrt', name: 'in the norm', inputs: tensors([shape]), f: x => tf.norm(x!, 'euclidean', 1) },
  {
    kernel: 'Rsqrt',
    name: 'in layer normalisation',
    inputs: tensors([[2, 3, 8], [8], [8]]),
    f: (x, scale, offset) => layerNorm(x!, scale!, offset!),
    atol: 1e-5
  },
  ...[ties, int].flatMap((draw): Case[] =>
    [1, 3, 5].map(k => ({
      kernel: 'TopK',
      name: `of ${draw.dtype ?? 'float32'} with ties, ${k} of 5`,
      inputs: tensors([[2, 3, 5]], draw),
      f: x => Object.values(tf.topk(x!, k)),
      gradient: false
    }))
  )
]
