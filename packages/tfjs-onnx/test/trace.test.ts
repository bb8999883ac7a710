import * as tf from '@tensorflow/tfjs-core'
import { ShapeError } from '@vgm/base'
import '@tensorflow/tfjs-backend-cpu'
import { beforeEach, describe, expect, it } from 'vitest'
import { CannotTranslateError, NoTranslationError, TraceError, ValueAskedError } from '../src/errors.js'
import { compile } from '../src/runtime/engine.js'
import { registerTranslation } from '../src/trace/kernels.js'
import { trace } from '../src/trace/trace.js'
import type { TensorFunction, TensorSpec } from '../src/types.js'

const real = (...shape: number[]): TensorSpec => ({ shape, dtype: 'float32' })

function caught(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

beforeEach(async () => {
  await tf.setBackend('cpu')
})

describe('a function that asks for numbers is told which operation would compute them', () => {
  const asking: Readonly<Record<string, TensorFunction>> = {
    dataSync: x => [tf.scalar(tf.tanh(x!).dataSync()[0]!)],
    arraySync: x => [tf.scalar(tf.tanh(x!).arraySync() as number)],
    print: x => {
      tf.tanh(x!).print()
      return [x!]
    },
    'data, not waited for': x => {
      void tf.tanh(x!).data()
      return [x!]
    },
    'data, waited for': (async (x: tf.Tensor) => [tf.tensor(await tf.tanh(x).data())]) as never
  }
  it.each(Object.entries(asking))('%s', (_, fn) => {
    const error = caught(() => trace(fn, [real(2)])) as ValueAskedError
    expect(error).toBeInstanceOf(ValueAskedError)
    expect(error.op).toBe('Tanh')
    expect(error.message).toMatch(/the result of Tanh, float32 \[2\],.*nothing is computed/)
  })

  it('names an input', () => {
    const error = caught(() =>
      trace(x => [tf.scalar(x!.dataSync()[0]!)], [real(2)], { names: { inputs: ['x'] } })
    )
    expect(error.message).toContain('input x, float32 [2]')
  })

  it('reads what is constant', () => {
    const fn: TensorFunction = x => [
      tf.mul(x!, tf.tensor([3, 4]).dataSync()[1]! + tf.zeros([1]).dataSync()[0]!)
    ]
    expect(trace(fn, [real(2)]).outputs[0]!.shape).toEqual([2])
  })
})

describe('a kernel without translation', () => {
  it('is named, with what to do about it', () => {
    const error = caught(() => trace(x => [tf.depthToSpace(x as tf.Tensor4D, 2)], [real(1, 2, 2, 4)]))
    expect(error).toBeInstanceOf(NoTranslationError)
    expect((error as NoTranslationError).kernelName).toBe('DepthToSpace')
    expect(error.message).toContain("registerTranslation('DepthToSpace'")
  })

  it('can be given one', async () => {
    const fn: TensorFunction = x => [tf.depthToSpace(x as tf.Tensor4D, 2)]
    registerTranslation('DepthToSpace', ({ inputs, attributes, graph }) => {
      const [n, h, w, c] = inputs.x!.shape as [number, number, number, number]
      const { blockSize: b } = attributes
      const split = graph.node('Reshape', [inputs.x!, graph.integers([n, h, w, b, b, c / b / b])], {
        shape: [n, h, w, b, b, c / b / b],
        dtype: inputs.x!.dtype
      })
      const shape = [n, h, b, w, b, c / b / b]
      const turned = graph.node(
        'Transpose',
        [split],
        { shape, dtype: split.dtype },
        { perm: [0, 1, 3, 2, 4, 5] }
      )
      const result = [n, h * b, w * b, c / b / b]
      return graph.node('Reshape', [turned, graph.integers(result)], { shape: result, dtype: split.dtype })
    })
    const data = Float32Array.from({ length: 32 }, (_, k) => k)
    const program = await compile(fn, [real(1, 2, 2, 8)], { threads: 1 })
    const [result] = await program.run([data])
    const expected = tf.depthToSpace(tf.tensor4d(data, [1, 2, 2, 8]), 2)
    expect(result!.shape).toEqual(expected.shape)
    expect(await result!.read()).toEqual(expected.dataSync())
    program.dispose()
  })

  it('says what is not known of a kernel that is', () => {
    const error = caught(() => trace(x => [tf.cast(x!, 'complex64')], [real(2)]))
    expect(error).toBeInstanceOf(CannotTranslateError)
    expect(error.message).toBe('trace: Cast: type complex64 has no translation')
  })
})

describe('what a function may give and take', () => {
  const results: readonly (readonly [string, (x: tf.Tensor) => unknown, string])[] = [
    ['a tensor', x => x, 'to return an array of tensors, got a tensor'],
    ['nothing', () => undefined, 'to return an array of tensors, got undefined'],
    ['an empty array', () => [], 'to return an array of tensors, got an empty one'],
    ['a number among tensors', () => [1], 'result 0 of the function to be a tensor, got 1'],
    ['a promise', () => Promise.reject(new Error('not seen')), 'to return an array of tensors, got a promise']
  ]
  it.each(results)('refuses %s', (_, fn, message) => {
    const error = caught(() => trace(fn as TensorFunction, [real(2)]))
    expect(error).toBeInstanceOf(TraceError)
    expect(error.message).toContain(message)
  })

  it.each([[[-1]], [[1.5]], [[Number.NaN]], [undefined], ['2']])('refuses the shape %j', shape => {
    const error = caught(() => trace(x => [x!], [{ shape: shape as never, dtype: 'float32' }]))
    expect(error).toBeInstanceOf(ShapeError)
    expect(error.message).toContain('input 0')
  })

  it('refuses an unknown type', () => {
    const error = caught(() => trace(x => [x!], [real(1), { shape: [1], dtype: 'string' as never }]))
    expect(error).toBeInstanceOf(ShapeError)
    expect(error.message).toContain('input 1 expected float32, int32 or bool, got string')
  })

  it('refuses a tensor that has been disposed', () => {
    const x = tf.tensor([1])
    x.dispose()
    expect(() => trace(() => [tf.neg(x)], [])).toThrow(/disposed/)
  })
})

describe('inputs and outputs', () => {
  it('have names, given ones or numbers, and keep their order', () => {
    const fn: TensorFunction = (a, b) => [tf.neg(b!), tf.exp(a!)]
    const plain = trace(fn, [real(2), real(3)])
    expect(plain.inputs.map(({ name }) => name)).toEqual(['in0', 'in1'])
    expect(plain.outputs.map(({ name, shape }) => [name, shape])).toEqual([
      ['out0', [3]],
      ['out1', [2]]
    ])
    const named = trace(fn, [real(2), real(3)], { names: { inputs: ['x'], outputs: ['y', 'z'] } })
    expect(named.inputs.map(({ name }) => name)).toEqual(['x', 'in1'])
    expect(named.outputs.map(({ name }) => name)).toEqual(['y', 'z'])
  })

  it('leave their names to nothing else', () => {
    const names = { inputs: ['v0', 'k1'], outputs: ['v2'] }
    const graph = trace((a, b) => [tf.mul(tf.add(a!, 1), tf.neg(b!))], [real(2), real(2)], { names })
    const all = [...graph.inputs, ...graph.nodes.flatMap(({ outputs }) => outputs)].map(({ name }) => name)
    expect(new Set(all).size).toBe(all.length)
  })

  it('can be the same tensor, a constant, or one tensor twice', async () => {
    const captured = tf.tensor([5, 6])
    const program = await compile(
      (x, y) => {
        const sum = tf.add(x!, y!)
        return [y!, sum, captured, sum, tf.ones([1]), x!]
      },
      [real(2), real(2)],
      { threads: 1 }
    )
    const results = await program.run([Float32Array.of(1, 2), Float32Array.of(3, 4)])
    const read = await Promise.all(results.map(async result => [...(await result.read())]))
    expect(read).toEqual([[3, 4], [4, 6], [5, 6], [4, 6], [1], [1, 2]])
    program.dispose()
    captured.dispose()
  })
})

describe('constants', () => {
  it('are stored once', () => {
    const graph = trace(
      x => [tf.add(tf.mul(x!, tf.tensor([1, 2])), tf.tensor([1, 2])), tf.mul(x!, tf.tensor([[1, 2]]))],
      [real(2)]
    )
    const constants = new Set(graph.nodes.flatMap(({ inputs }) => inputs.filter(({ data }) => data)))
    expect([...constants].map(({ shape }) => shape)).toEqual([[2], [1, 2]])
  })

  it('are what captured tensors become, which stay as they are', async () => {
    const captured = tf.tensor([1, 2, 3, 4])
    const matrix = tf.reshape(captured, [2, 2]) // shares its buffer with `captured`
    const flags = tf.tensor([1, 0], [2], 'bool')
    const integers = tf.cast(flags, 'int32') // shares its buffer with `flags`
    const fn: TensorFunction = x => [
      tf.add(tf.matMul(x as tf.Tensor2D, matrix), tf.sum(captured)),
      tf.add(integers, 1),
      tf.logicalNot(flags)
    ]
    const program = await compile(fn, [real(1, 2)], { threads: 1 })
    const results = await program.run([Float32Array.of(1, 1)])
    const read = await Promise.all(results.map(async result => [...(await result.read())]))
    expect(read).toEqual([
      [14, 16],
      [2, 1],
      [0, 1]
    ])
    expect(tf.getBackend()).toBe('cpu')
    expect(tf.neg(matrix).arraySync()).toEqual([
      [-1, -2],
      [-3, -4]
    ])
    program.dispose()
    tf.dispose([captured, matrix, flags, integers])
  })

  it('are what variables become, which cannot change', () => {
    const variable = tf.variable(tf.tensor([1, 2]))
    const fn: TensorFunction = x => {
      variable.assign(tf.add(x!, 1))
      return [x!]
    }
    expect(() => trace(fn, [real(2)])).toThrow(TraceError)
    expect(variable.arraySync()).toEqual([1, 2])
    expect(trace(x => [tf.mul(x!, variable)], [real(2)]).nodes[0]!.inputs[1]!.data).toEqual(
      Float32Array.of(1, 2)
    )
    variable.dispose()
  })
})
