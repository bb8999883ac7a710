import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import * as tf from '@tensorflow/tfjs-core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OpenSpec, ShapeError, type TensorFunction, toOnnx } from '../index.js'
import { modelProto } from './onnx-schema.js'

beforeAll(() => tf.setBackend('cpu'))

/** Numbers that look like chance and are the same in every run. */
function numbers(length: number, phase = 0): Float32Array {
  return Float32Array.from({ length }, (_, k) => Math.sin(k * 12.9898 + phase))
}

function closed({ shape }: OpenSpec, lengths: Readonly<Record<string, number>>): number[] {
  return shape.map(length => (typeof length === 'string' ? lengths[length]! : length))
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1)

/** Expects the file to compute what tfjs's cpu backend does, for each of some lengths of the open axes. */
async function expectSame(
  fn: TensorFunction,
  specs: readonly OpenSpec[],
  trials: readonly Readonly<Record<string, number>>[]
): Promise<void> {
  const session = await InferenceSession.create(toOnnx(fn, specs))
  for (const lengths of trials) {
    const arrays = specs.map((spec, k) => ({
      shape: closed(spec, lengths),
      data: numbers(sizeOf(closed(spec, lengths)), k)
    }))
    const feeds = arrays.map(({ data, shape }, k) => [`in${k}`, new Tensor('float32', data, shape)] as const)
    const results = await session.run(Object.fromEntries(feeds))
    const expected = fn(...arrays.map(({ data, shape }) => tf.tensor(data, shape)))
    for (const [k, tensor] of expected.entries()) {
      const { dims, data } = results[`out${k}`]!
      expect(dims).toEqual(tensor.shape)
      const values = tensor.dataSync()
      for (const [index, value] of values.entries()) {
        expect(Math.abs((data as Float32Array)[index]! - value)).toBeLessThanOrEqual(
          1e-6 + 1e-5 * Math.abs(value)
        )
      }
    }
  }
}

const rows: OpenSpec = { shape: ['batch', 6], dtype: 'float32' }
const batches = [{ batch: 1 }, { batch: 3 }, { batch: 7 }]
const weights = tf.tensor2d(numbers(24), [6, 4])

const functions: Record<string, TensorFunction> = {
  'matMul and tanh': x => [tf.tanh(tf.matMul(x as tf.Tensor2D, weights))],
  'two products with one matrix': x => [
    tf.matMul(x as tf.Tensor2D, weights),
    tf.matMul(tf.neg(x as tf.Tensor2D), weights)
  ],
  'reshape, one length open': x => [tf.reshape(x!, [-1, 2, 3])],
  'reshape, all in one axis': x => [tf.reshape(x!, [-1])],
  'expandDims and squeeze': x => [tf.expandDims(x!, 1), tf.squeeze(tf.expandDims(x!, 2), [2])],
  split: x => tf.split(x!, 3, 1),
  'slice of columns': x => [tf.slice(x!, [0, 2], [-1, 3])],
  'slice without the first row': x => [tf.slice(tf.concat([x!, x!]), [1, 0], [-1, 6])],
  'zeros and ones as operands': x => [tf.maximum(x!, tf.zerosLike(x!)), tf.sub(tf.onesLike(x!), x!)],
  where: x => [tf.where(tf.greater(x!, 0), x!, tf.fill(x!.shape, -2))],
  'sums over the batch': x => [tf.sum(x!, 0), tf.mean(x!), tf.max(x!, 0)],
  softmax: x => [tf.softmax(x as tf.Tensor2D)],
  'transpose and product of the batch with itself': x => [
    tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D, false, true)
  ],
  'an input as an output': x => [x!, tf.neg(x!)]
}

describe('a file with an open axis computes what tfjs does, for every length', () => {
  test.each(Object.entries(functions))('%s', (_, fn) => expectSame(fn, [rows], batches))

  test('two open axes', () =>
    expectSame(
      (x, y) => [
        tf.reshape(x!, [x!.shape[0]!, x!.shape[1]!, 2, 2]),
        tf.reshape(x!, [-1, 4]),
        tf.add(x!, tf.expandDims(y!, 1))
      ],
      [
        { shape: ['batch', 'time', 4], dtype: 'float32' },
        { shape: ['batch', 4], dtype: 'float32' }
      ],
      [
        { batch: 1, time: 1 },
        { batch: 2, time: 5 },
        { batch: 7, time: 3 }
      ]
    ))
})

test('a net that uses a weight that is an input many times has a file', async () => {
  const net: TensorFunction = (w, x) => {
    let h = x!
    for (let k = 0; k < 8; k++) h = tf.tanh(tf.matMul(h as tf.Tensor2D, w as tf.Tensor2D))
    return [h]
  }
  await expectSame(net, [{ shape: [6, 6], dtype: 'float32' }, rows], batches)
})

test('gradients that broadcast have a file, for one row, too', async () => {
  const loss = (x: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) =>
    tf.sum(tf.square(tf.add(tf.mul(x, scale), shift)))
  const fn: TensorFunction = (x, scale, shift) =>
    tf.grads((...inputs: tf.Tensor[]) => loss(inputs[0]!, inputs[1]!, inputs[2]!))([x!, scale!, shift!])
  const specs: OpenSpec[] = [
    rows,
    { shape: [1, 6], dtype: 'float32' },
    { shape: ['batch', 1], dtype: 'float32' }
  ]
  await expectSame(fn, specs, batches)
})

test.each([
  ['is the longer', (b: number, t: number) => b > t],
  ['has the length of the other', (b: number, t: number) => b === t]
])('refused: another operation where an open axis %s', (_, holds) => {
  const fn: TensorFunction = x => [holds(x!.shape[0]!, x!.shape[1]!) ? tf.neg(x!) : tf.exp(x!)]
  expect(() => toOnnx(fn, [{ shape: ['batch', 'time'], dtype: 'float32' }])).toThrow(
    expect.objectContaining({ code: 'BATCH', axes: ['batch', 'time'] })
  )
})

const dense: TensorFunction = (w, b, x) => [tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b!)]
const denseSpecs: OpenSpec[] = [{ shape: [6, 4], dtype: 'float32' }, { shape: [4], dtype: 'float32' }, rows]

test('a file has the names, the constants and the texts that were given', async () => {
  const constants = [numbers(24, 1), numbers(4, 2)]
  const bytes = toOnnx(dense, denseSpecs, {
    inputs: ['v0'], // names that the compiler uses within
    outputs: ['k0'],
    constants,
    metadata: { words: '["\\n", "ü"]' }
  })
  const session = await InferenceSession.create(bytes)
  expect([session.inputNames, session.outputNames]).toEqual([['v0'], ['k0']])
  const { k0 } = await session.run({ v0: new Tensor('float32', numbers(18), [3, 6]) })
  const [w, b, x] = [
    tf.tensor(constants[0]!, [6, 4]),
    tf.tensor(constants[1]!),
    tf.tensor(numbers(18), [3, 6])
  ]
  const expected = dense(w, b, x)[0]!.dataSync()
  expect(Array.from(k0!.data as Float32Array, value => value.toFixed(5))).toEqual(
    Array.from(expected, value => value.toFixed(5))
  )
  const file = modelProto.toObject(modelProto.decode(bytes), { longs: Number })
  expect(file.metadataProps).toEqual([{ key: 'words', value: '["\\n", "ü"]' }])
  const dims = (value: { type: { tensorType: { shape: { dim: unknown } } } }) =>
    value.type.tensorType.shape.dim
  expect(dims(file.graph.input[0])).toEqual([{ dimParam: 'batch' }, { dimValue: 6 }])
  expect(dims(file.graph.output[0])).toEqual([{ dimParam: 'batch' }, { dimValue: 4 }])
  expect(file.opsetImport).toEqual([{ domain: '', version: 15 }])
})

test('names that the compiler uses within mean nothing to it', async () => {
  const fn: TensorFunction = x => [tf.neg(tf.neg(tf.add(x!, 1))), tf.neg(x!)]
  const bytes = toOnnx(fn, [rows], { inputs: ['v0'], outputs: ['v1', 'k2'] })
  const session = await InferenceSession.create(bytes)
  const { v1, k2 } = await session.run({ v0: new Tensor('float32', new Float32Array(6).fill(2), [1, 6]) })
  expect([v1!.data[0], k2!.data[0]]).toEqual([3, -2])
})

const refused: Record<string, [string, TensorFunction, string]> = {
  'repeats as many as there are rows': [
    'Tile',
    x => [tf.tile(tf.slice(x!, [0, 0], [1, 6]), [x!.shape[0]!, 1])],
    "toOnnx: Tile: its operand 2, a constant of shape [2], depends on the length of 'batch'"
  ],
  'a number that is the length': [
    'Mul',
    x => [tf.mul(x!, x!.shape[0]!)],
    "toOnnx: Mul: its operand 2, a constant of shape [], depends on the length of 'batch'"
  ],
  'one operation per row': [
    'Split',
    x => [tf.addN(tf.unstack(x!))],
    "toOnnx: Split: whether and how it is applied depends on the length of 'batch'"
  ],
  'another operation from some length on': [
    'Neg',
    x => [x!.shape[0]! > 16 ? tf.neg(x!) : x!],
    "toOnnx: Neg: whether and how it is applied depends on the length of 'batch'"
  ],
  'another operation for very many rows': [
    'Neg',
    x => [x!.shape[0]! > 512 ? x! : tf.neg(x!)],
    "toOnnx: Neg: whether and how it is applied depends on the length of 'batch'"
  ],
  'another operation for one row': [
    'Neg',
    x => [x!.shape[0]! === 1 ? x! : tf.neg(x!)],
    "toOnnx: Neg: whether and how it is applied depends on the length of 'batch'"
  ],
  'a number that is the length up to a limit': [
    'Div',
    x => [tf.div(tf.sum(x!), Math.min(x!.shape[0]!, 60))],
    "toOnnx: Div: its operand 2, a constant of shape [], depends on the length of 'batch'"
  ],
  'a number that is the length beyond a limit': [
    'Div',
    x => [tf.div(tf.sum(x!), Math.max(x!.shape[0]!, 100))],
    "toOnnx: Div: its operand 2, a constant of shape [], depends on the length of 'batch'"
  ],
  'the first rows up to a limit': [
    'Slice',
    x => [tf.sum(tf.slice(x!, [0, 0], [Math.min(x!.shape[0]!, 100), -1]))],
    "toOnnx: Slice: the shape of its result depends on the length of 'batch'"
  ],
  'ones up to a limit': [
    'Concat',
    x => [tf.sum(tf.concat([x!, tf.ones([Math.min(x!.shape[0]!, 60), 6])]))],
    "toOnnx: Concat: its operand 2, a constant of shape [60, 6], depends on the length of 'batch'"
  ],
  'all axes of length 1 squeezed': [
    'Reshape',
    x => [tf.squeeze(tf.sum(x!, 1, true))],
    "toOnnx: Reshape: the shape of its result depends on the length of 'batch'"
  ],
  'a constant that alone says how many rows come out': [
    'Add',
    x => [tf.add(tf.zerosLike(x!), tf.sum(x!, 0))],
    "toOnnx: Add: its operand 1, a constant of shape [61, 6], depends on the length of 'batch'"
  ]
}

test.each(Object.entries(refused))('refused: %s', (_, [op, fn, message]) => {
  expect(() => toOnnx(fn, [rows])).toThrow(
    expect.objectContaining({ code: 'BATCH', op, message, axes: ['batch'] })
  )
})

test.each([
  ['too few names', { inputs: ['x', 'w'] }, 'toOnnx: inputs expected 3 names, got 2'],
  ['too many outputs', { outputs: ['y', 'z'] }, 'toOnnx: outputs expected 1 names, got 2'],
  [
    'a name twice',
    { inputs: ['w', 'b', 'x'], outputs: ['x'] },
    "toOnnx: names expected each once, got 'x' twice"
  ],
  [
    'a constant too short',
    { constants: [numbers(23)] },
    /constant 0 expected float32 \[6, 4\], got Float32Array of 23/
  ],
  [
    'constants of another type',
    { constants: [new Int32Array(24)] },
    /constant 0 expected .*, got Int32Array of 24/
  ],
  [
    'an open constant',
    { constants: [numbers(24), numbers(4), numbers(6)] },
    "toOnnx: constant 2 expected a fixed shape, got open axis 'batch'"
  ]
])('refused: %s', (_, options, message) => {
  const compile = () => toOnnx(dense, denseSpecs, options)
  expect(compile).toThrow(ShapeError)
  expect(compile).toThrow(message)
})
