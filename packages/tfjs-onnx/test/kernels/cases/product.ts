import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { type Draw, tensors } from '../generators.js'

const int: Draw = { dtype: 'int32', min: -3, max: 3 }
const size = fc.integer({ min: 1, max: 4 })
const sizes = fc.tuple(size, size, size)
const flags = [false, true].flatMap(a => [false, true].map(b => [a, b] as const))

/** Two factors, `[…batchA, m, k]` and `[…batchB, k, n]` or what becomes them when transposed. */
function factors(
  [transposeA, transposeB]: readonly [boolean, boolean] = [false, false],
  [batchA, batchB]: readonly (readonly number[])[] = [[], []],
  draw: Draw = {}
): Case['inputs'] {
  return sizes.chain(([m, k, n]) =>
    tensors(
      [
        [...batchA!, ...(transposeA ? [k, m] : [m, k])],
        [...batchB!, ...(transposeB ? [n, k] : [k, n])]
      ],
      draw
    )
  )
}

const transposed = flags.flatMap((pair): Case[] =>
  [[], [2], [2, 3]].map(batch => ({
    kernel: 'BatchMatMul',
    name: `of rank ${batch.length + 2}, transposed: ${pair.join(', ')}`,
    inputs: factors(pair, [batch, batch]),
    f: (a, b) => tf.matMul(a!, b!, ...pair)
  }))
)

/** tfjs computes some of these wrongly, and gives no gradients for them: see `product` of each pair. */
const broadcast = (
  [
    [[3], []],
    [[], [3]],
    [[2, 3], [3]],
    [
      [1, 3],
      [2, 1]
    ]
  ] as const
).map(
  ([a, b]): Case => ({
    kernel: 'BatchMatMul',
    name: `of batches [${a}] and [${b}]`,
    inputs: factors([false, false], [a, b]),
    f: (x, y) => tf.matMul(x!, y!),
    reference: (x, y) => {
      const batch = tf.broadcast_util.assertAndGetBroadcastShape([...a], [...b])
      const wide = (z: tf.Tensor) => tf.broadcastTo(z, [...batch, ...z.shape.slice(-2)])
      return tf.matMul(wide(x!), wide(y!))
    },
    gradient: false
  })
)

const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const

const fused = activations.map(
  (activation): Case => ({
    kernel: '_FusedMatMul',
    name: `with bias and ${activation}`,
    inputs: tensors([[3, 2], [2, 4], [4], [4]]),
    f: (a, b, bias, slopes) =>
      tf.fused.matMul({
        a: a as tf.Tensor2D,
        b: b as tf.Tensor2D,
        bias: bias!,
        activation,
        leakyreluAlpha: 0.3,
        ...(activation === 'prelu' && { preluActivationWeights: slopes! })
      }),
    gradient: false
  })
)

const equations: readonly (readonly [string, readonly (readonly number[])[]])[] = [
  [
    'ij,jk->ik',
    [
      [2, 3],
      [3, 4]
    ]
  ],
  [
    'bhqd, bhkd -> bhqk',
    [
      [2, 2, 3, 4],
      [2, 2, 5, 4]
    ]
  ],
  ['ij->ji', [[2, 3]]],
  ['ijk->ik', [[2, 3, 4]]],
  ['i,j->ij', [[2], [3]]],
  [
    'ij,ij->',
    [
      [2, 3],
      [2, 3]
    ]
  ]
]

export const productCases: readonly Case[] = [
  ...transposed,
  ...broadcast,
  {
    kernel: 'BatchMatMul',
    name: 'of integers',
    inputs: factors([false, true], [[2], [2]], int),
    f: (a, b) => tf.matMul(a!, b!, false, true)
  },
  ...fused,
  {
    kernel: '_FusedMatMul',
    name: 'with its gradient',
    inputs: tensors([[3, 2], [2, 4], [4]]),
    f: (a, b, bias) =>
      tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias: bias!, activation: 'linear' })
  },
  ...equations.map(
    ([equation, shapes]): Case => ({
      kernel: 'Einsum',
      name: equation,
      inputs: tensors(shapes),
      f: (...operands) => tf.einsum(equation, ...operands),
      gradient: false
    })
  ),
  {
    kernel: 'Einsum',
    name: 'of integers',
    inputs: tensors(
      [
        [2, 3],
        [3, 2]
      ],
      int
    ),
    f: (a, b) => tf.einsum('ij,jk->ki', a!, b!)
  },
  {
    kernel: 'FusedBatchNorm',
    inputs: tensors([[2, 3, 2, 4], [4], [4], [4], [4]], {}, {}, { min: 0.2, max: 2 }, {}, {}),
    f: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x!,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D
      )
  },
  {
    kernel: 'FusedBatchNorm',
    name: 'without scale and offset',
    inputs: tensors([[5, 3], [3], [3]], {}, {}, { min: 0.2, max: 2 }),
    f: (x, mean, variance) => tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D),
    gradient: false
  }
]
