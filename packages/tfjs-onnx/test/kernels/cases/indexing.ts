import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { type Draw, numbers, tensor, tensors } from '../generators.js'

const int: Draw = { dtype: 'int32' }

function below(n: number): Draw {
  return { dtype: 'int32', min: 0, max: n - 1 }
}

const gathers = (
  [
    [[4, 3], [5], 0],
    [[4, 3], [2, 2], 0],
    [[2, 4, 3], [3], 1],
    [[2, 3, 4], [2, 3], -1],
    [[4], [], 0]
  ] as const
).map(
  ([shape, indices, axis]): Case => ({
    kernel: 'GatherV2',
    name: `of [${shape}] by [${indices}] along axis ${axis}`,
    inputs: tensors([shape, indices], {}, below(shape.at(axis)!)),
    f: (x, at) => tf.gather(x!, at as tf.Tensor1D, axis),
    // tfjs's own gradient fails for an axis that is counted from the end.
    gradient: axis >= 0
  })
)

const inBatches = (
  [
    [[2, 4, 3], [2, 5], 1, 1],
    [[2, 3, 4], [2, 2, 2], 2, 1],
    [[2, 3, 4, 2], [2, 3, 2], 2, 2]
  ] as const
).map(
  ([shape, indices, axis, batchDims]): Case => ({
    kernel: 'GatherV2',
    name: `of [${shape}] by [${indices}] along axis ${axis} in ${batchDims} batch axes`,
    inputs: tensors([shape, indices], {}, below(shape[axis]!)),
    f: (x, at) => tf.gather(x!, at as tf.Tensor1D, axis, batchDims),
    gradient: false
  })
)

const types = ['float32', 'int32', 'bool'] as const

export const indexingCases: readonly Case[] = [
  ...gathers,
  ...inBatches,
  {
    kernel: 'GatherV2',
    name: 'with the gradient of a batch axis',
    inputs: tensors(
      [
        [2, 4, 3],
        [2, 5]
      ],
      {},
      below(4)
    ),
    f: (x, at) => tf.gather(x!, at as tf.Tensor1D, 1, 1)
  },
  ...types.map(
    (dtype): Case => ({
      kernel: 'GatherV2',
      name: `of ${dtype}`,
      inputs: tensors([[4, 3], [5]], { dtype }, below(4)),
      f: (x, at) => tf.gather(x!, at as tf.Tensor1D),
      gradient: false
    })
  ),
  {
    kernel: 'UnsortedSegmentSum',
    name: 'as the gradient of a gather that repeats itself',
    inputs: fc.tuple(tensor([3, 2]), fc.constant(numbers([1, 1, 0, 1], [4], 'int32'))),
    f: (x, at) => tf.grad(y => tf.square(tf.gather(y, at as tf.Tensor1D)))(x!),
    gradient: false
  },
  {
    kernel: 'UnsortedSegmentSum',
    name: 'with ids that are no segment',
    inputs: tensors([[6, 2], [6]], {}, { dtype: 'int32', min: -2, max: 4 }),
    f: (x, ids) => tf.unsortedSegmentSum(x!, ids as tf.Tensor1D, 3),
    // The gradient gathers rows past the end, which tfjs refuses.
    gradient: false
  },
  {
    kernel: 'UnsortedSegmentSum',
    name: 'with its gradient',
    inputs: tensors([[6, 2], [6]], {}, { dtype: 'int32', min: -2, max: 2 }),
    f: (x, ids) => tf.unsortedSegmentSum(x!, ids as tf.Tensor1D, 3)
  },
  ...types.flatMap((dtype): Case[] =>
    ([[], [4], [2, 3]] as const).map(shape => ({
      kernel: 'OneHot',
      name: `of [${shape}] as ${dtype}, with indices that do not exist`,
      inputs: tensors([shape], { dtype: 'int32', min: -2, max: 5 }),
      f: at => tf.oneHot(at!, 4, 1, 0, dtype)
    }))
  ),
  {
    kernel: 'OneHot',
    name: 'with values of its own',
    inputs: tensors([[4]], below(5)),
    f: at => tf.oneHot(at!, 5, 0.9, 0.025, 'float32')
  },
  {
    kernel: 'GatherNd',
    inputs: tensors(
      [
        [3, 4, 2],
        [5, 2]
      ],
      {},
      below(3)
    ),
    f: (x, at) => tf.gatherND(x!, at!),
    gradient: false
  },
  {
    kernel: 'GatherNd',
    name: 'of single numbers',
    inputs: tensors(
      [
        [3, 4],
        [2, 2, 2]
      ],
      int,
      below(3)
    ),
    f: (x, at) => tf.gatherND(x!, at!)
  },
  {
    kernel: 'ScatterNd',
    name: 'of rows, with repetitions',
    inputs: tensors(
      [
        [5, 1],
        [5, 2]
      ],
      below(3),
      {}
    ),
    f: (at, rows) => tf.scatterND(at!, rows!, [3, 2]),
    gradient: false
  },
  {
    kernel: 'ScatterNd',
    name: 'of single numbers',
    inputs: tensors([[6, 2], [6]], below(3), {}),
    f: (at, values) => tf.scatterND(at!, values!, [3, 4]),
    gradient: false
  },
  {
    kernel: 'TensorScatterUpdate',
    inputs: fc.tuple(tensor([4, 2]), fc.constant(numbers([3, 0], [2, 1], 'int32')), tensor([2, 2])),
    f: (x, at, rows) => tf.tensorScatterUpdate(x!, at!, rows!),
    gradient: false
  }
]
