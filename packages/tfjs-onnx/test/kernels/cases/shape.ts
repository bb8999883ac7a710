import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import type { Case } from '../check.js'
import { anyTensor, type Draw, numbers, tensors } from '../generators.js'

const int: Draw = { dtype: 'int32' }
const bool: Draw = { dtype: 'bool' }
const draws = [{}, int, bool] as const

/** One case per type. */
function ofEach(one: Omit<Case, 'inputs'>, shapes: readonly (readonly number[])[]): Case[] {
  return draws.map(draw => ({
    ...one,
    name: [one.name, `of ${(draw as Draw).dtype ?? 'float32'}`].filter(Boolean).join(', '),
    inputs: tensors(shapes, draw)
  }))
}

const types = ['float32', 'int32', 'bool'] as const

const casts = draws.flatMap((draw): Case[] =>
  types.map(dtype => ({
    kernel: 'Cast',
    name: `from ${(draw as Draw).dtype ?? 'float32'} to ${dtype}`,
    inputs: anyTensor({ ...draw, ...((draw as Draw).dtype === undefined && { step: 0.5 }) }),
    f: x => tf.cast(x!, dtype),
    gradient: (draw as Draw).dtype === undefined && dtype === 'float32'
  }))
)

export const shapeCases: readonly Case[] = [
  ...casts,
  ...ofEach({ kernel: 'Reshape', f: x => tf.reshape(x!, [3, -1]) }, [[2, 3, 2]]),
  { kernel: 'Reshape', name: 'of a number', inputs: tensors([[]]), f: x => tf.reshape(x!, [1, 1]) },
  {
    kernel: 'Reshape',
    name: 'of nothing',
    inputs: tensors([[0, 3]]),
    f: x => tf.reshape(x!, [3, 0, 2]),
    gradient: false
  },
  { kernel: 'ExpandDims', inputs: anyTensor(), f: x => [tf.expandDims(x!, 0), tf.expandDims(x!, -1)] },
  ...ofEach({ kernel: 'Transpose', f: x => [tf.transpose(x!), tf.transpose(x!, [1, 2, 0])] }, [[2, 3, 4]]),
  ...ofEach({ kernel: 'Concat', f: (...xs) => [tf.concat(xs, 0), tf.concat(xs, -1)] }, [
    [2, 3],
    [2, 3],
    [2, 3]
  ]),
  {
    kernel: 'Concat',
    name: 'of reals and integers',
    inputs: tensors(
      [
        [2, 3],
        [1, 3]
      ],
      {},
      int
    ),
    f: (...xs) => tf.concat(xs),
    gradient: false
  },
  ...ofEach({ kernel: 'SplitV', f: x => tf.split(x!, 3, 1) }, [[2, 6]]),
  {
    kernel: 'SplitV',
    name: 'in given sizes',
    inputs: tensors([[2, 6]]),
    f: x => tf.split(x!, [1, -1, 2], -1)
  },
  ...ofEach({ kernel: 'Pack', f: (...xs) => [tf.stack(xs), tf.stack(xs, -1)] }, [
    [2, 3],
    [2, 3]
  ]),
  ...ofEach({ kernel: 'Unpack', f: x => [...tf.unstack(x!, 0), ...tf.unstack(x!, -1)] }, [[2, 3]]),
  ...ofEach(
    {
      kernel: 'PadV2',
      f: x =>
        tf.pad(x!, [
          [1, 0],
          [0, 2]
        ])
    },
    [[2, 3]]
  ),
  {
    kernel: 'PadV2',
    name: 'with a value',
    inputs: tensors([[2, 3]]),
    f: x =>
      tf.pad(
        x!,
        [
          [1, 1],
          [0, 2]
        ],
        -2.5
      )
  },
  ...(['reflect', 'symmetric'] as const).flatMap(mode =>
    ofEach(
      {
        kernel: 'MirrorPad',
        name: mode,
        f: x =>
          tf.mirrorPad(
            x!,
            [
              [1, 1],
              [0, 2],
              [0, 0]
            ],
            mode
          )
      },
      [[2, 3, 2]]
    )
  ),
  ...ofEach({ kernel: 'Tile', f: x => tf.tile(x!, [2, 1, 3]) }, [[2, 3, 2]]),
  { kernel: 'Tile', name: 'to broadcast', inputs: tensors([[3, 1]]), f: x => tf.broadcastTo(x!, [2, 3, 4]) },
  {
    kernel: 'BroadcastTo',
    inputs: tensors([[3, 1]]),
    f: x => tf.engine().runKernel('BroadcastTo', { x: x! }, { shape: [2, 3, 4] }) as tf.Tensor,
    reference: x => tf.broadcastTo(x!, [2, 3, 4]),
    gradient: false
  },
  ...ofEach({ kernel: 'Reverse', f: x => [tf.reverse(x!), tf.reverse(x!, -1), tf.reverse(x!, [0, 1])] }, [
    [2, 1, 4]
  ])
]

const slices: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  'in full': x => tf.slice(x, [1, 0, 2], [1, 2, 2]),
  'up to the end': x => tf.slice(x, [0, 1, 1], [2, -1, -1]),
  'with one number': x => tf.slice(x, 1),
  'with fewer axes': x => tf.slice(x, [0, 1], [2, 2])
}

const stridedSlices: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  plain: x => tf.stridedSlice(x, [0, 0, 1], [2, 3, 4], [1, 2, 2]),
  backwards: x => tf.stridedSlice(x, [1, -1, 3], [0, 0, 0], [-1, -2, -3]),
  'backwards to the first': x => tf.stridedSlice(x, [1, 2, 3], [0, 0, 0], [-1, -1, -1], 0, 7),
  'with open ends': x => tf.stridedSlice(x, [1, 1, 1], [1, 2, 3], [1, 1, 1], 1, 4),
  'that drops axes': x => tf.stridedSlice(x, [1, 0, -1], [2, 2, 4], [1, 1, 1], 0, 0, 0, 0, 5),
  'with a new axis': x => tf.stridedSlice(x, [0, 0, 1], [2, 1, 3], [1, 1, 1], 0, 0, 0, 2),
  'with an ellipsis': x => tf.stridedSlice(x, [0, 1], [0, 3], [1, 1], 0, 0, 1),
  'of everything': x => tf.stridedSlice(x, [0, 0, 0], [2, 3, 4], [1, 1, 1]),
  'of nothing': x => tf.stridedSlice(x, [1, 0, 0], [1, 3, 4], [1, 1, 1])
}

export const slicingCases: readonly Case[] = [
  ...Object.entries(slices).flatMap(([name, f]) =>
    ofEach({ kernel: 'Slice', name, f: x => f(x!) }, [[2, 3, 4]])
  ),
  ...Object.entries(stridedSlices).flatMap(([name, f]) =>
    ofEach({ kernel: 'StridedSlice', name, f: x => f(x!), gradient: false }, [[2, 3, 4]])
  )
]

/** Kernels without operands that matter: a constant is all they give. */
function constant(kernel: string, f: () => tf.Tensor): Case {
  return { kernel, inputs: fc.constant([numbers([1])]), f: x => [x!, f()], gradient: false }
}

export const creationCases: readonly Case[] = [
  constant('Fill', () => tf.fill([2, 3], 1.5)),
  constant('Fill', () => tf.fill([2], 3, 'int32')),
  constant('Range', () => tf.range(1, 6)),
  constant('Range', () => tf.range(6, 1)),
  constant('Range', () => tf.range(0, 1, 0.3)),
  constant('Range', () => tf.range(5, -4, -2, 'int32')),
  constant('LinSpace', () => tf.linspace(-1, 2, 5)),
  ...ofEach({ kernel: 'ZerosLike', f: x => tf.zerosLike(x!) }, [[2, 3]]),
  ...ofEach({ kernel: 'OnesLike', f: x => tf.onesLike(x!), gradient: false }, [[2, 3]])
]
