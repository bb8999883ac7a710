import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TraceError } from '../src/errors.js'
import { trace } from '../src/trace/trace.js'
import type { Graph, TensorFunction, TensorSpec } from '../src/types.js'

const specs: readonly TensorSpec[] = [{ shape: [2], dtype: 'float32' }]

beforeAll(() => {
  tf.registerGradient(multiplyGradConfig)
  tf.registerGradient(tanhGradConfig)
})

beforeEach(async () => {
  await tf.setBackend('cpu')
})

function fail(): never {
  throw new Error('no')
}

describe('the backend that was set is set again', () => {
  it('after a trace and after one that fails', () => {
    trace(x => [tf.neg(x!)], specs)
    expect(tf.getBackend()).toBe('cpu')
    expect(() => trace(fail, specs)).toThrow('no')
    expect(tf.getBackend()).toBe('cpu')
    expect(tf.neg(tf.tensor([1])).arraySync()).toEqual([-1])
  })

  it('when the function sets another', async () => {
    trace(x => {
      void tf.setBackend('cpu')
      return [x!]
    }, specs)
    expect(tf.getBackend()).toBe('cpu')
    expect(tf.engine().backendNames()).toEqual(['cpu'])
  })

  it('or chosen by tfjs, if none was', () => {
    const factory = tf.findBackendFactory('cpu')
    tf.removeBackend('cpu')
    tf.registerBackend('cpu', factory as () => tf.KernelBackend)
    expect(tf.engine().backendName).toBeNull()
    trace(x => [tf.neg(x!)], specs)
    expect(tf.engine().backendName).toBeNull()
    expect(tf.neg(tf.tensor([1])).arraySync()).toEqual([-1])
    expect(tf.getBackend()).toBe('cpu')
  })
})

it.each(['trackTensor', 'disposeTensor'])(
  'a tfjs whose engine has no %s is refused, and left as it is',
  method => {
    Object.assign(tf.engine(), { [method]: undefined })
    try {
      expect(() => trace(x => [tf.neg(x!)], specs)).toThrow(
        new TraceError(
          `expected @tensorflow/tfjs-core 4.22, whose engine has ${method}(), got version ${tf.version_core}`
        )
      )
    } finally {
      Reflect.deleteProperty(tf.engine(), method)
    }
    expect(tf.getBackend()).toBe('cpu')
    expect(trace(x => [tf.neg(x!)], specs).nodes).toHaveLength(2)
  }
)

describe('a trace within a trace', () => {
  const inner: TensorFunction = x => [tf.exp(x!)]
  const ops = ({ nodes }: Graph) => nodes.map(({ op }) => op)

  it('leaves the outer one as it is', () => {
    let within: Graph | undefined
    const outer = trace(x => {
      const y = tf.tanh(x!)
      within = trace(inner, specs)
      return [tf.neg(y)]
    }, specs)
    expect(ops(within!)).toEqual(['Exp', 'Identity'])
    expect(ops(outer)).toEqual(['Tanh', 'Neg', 'Identity'])
    expect(tf.getBackend()).toBe('cpu')
  })

  it('leaves it so when it fails', () => {
    const outer = trace(x => {
      const y = tf.tanh(x!)
      expect(() => trace(fail, specs)).toThrow('no')
      return [tf.neg(y)]
    }, specs)
    expect(ops(outer)).toEqual(['Tanh', 'Neg', 'Identity'])
  })

  it('leaves its gradients so', () => {
    const outer = trace(
      x => [
        tf.grad(y => {
          trace(z => [tf.grad(tf.tanh)(z!)], specs)
          return tf.tanh(y)
        })(x!)
      ],
      specs
    )
    expect(ops(outer)).toContain('Tanh')
    expect(ops(outer).at(-1)).toBe('Identity')
  })

  it('takes constants from it, but no values', () => {
    const captures = (make: (x: tf.Tensor) => tf.Tensor) => () =>
      trace(x => {
        const outside = make(x!)
        trace(y => [tf.mul(y!, outside)], specs)
        return [x!]
      }, specs)
    expect(captures(() => tf.tensor([1, 2]))).not.toThrow()
    expect(captures(x => tf.exp(x))).toThrow(TraceError)
    expect(captures(x => tf.exp(x))).toThrow(/traced function around it/)
  })
})

describe('no tensor stays behind', () => {
  const leaking: Readonly<Record<string, TensorFunction>> = {
    'of plain operations': x => [tf.add(tf.exp(x!), tf.tensor([1, 2]))],
    'that is kept': x => [tf.keep(tf.exp(x!)), tf.keep(tf.tensor([1, 2])), tf.keep(tf.clone(x!))],
    'of gradients': x => [tf.grad(y => tf.tanh(tf.mul(y, y)))(x!)],
    'of gradients that fail': x => [tf.grad(y => tf.tanh(tf.mul(y, fail())))(x!)],
    'of gradients that do not exist': x => [tf.grad(y => tf.erf(tf.tanh(y)))(x!)],
    'of an error': x => {
      tf.keep(tf.mul(x!, tf.tensor([1, 2])))
      return fail()
    },
    'of a question': x => [tf.scalar(tf.keep(tf.exp(x!)).dataSync()[0]!)],
    'of a missing kernel': x => [tf.depthToSpace(tf.reshape(tf.exp(x!), [1, 1, 1, 2]) as tf.Tensor4D, 2)],
    'of a variable that is made': x => [tf.variable(tf.mul(x!, 2))],
    'within tidy': x => [tf.tidy(() => tf.exp(tf.neg(x!)))],
    'of a trace within': x => {
      trace(y => [tf.keep(tf.exp(y!))], specs)
      return [tf.keep(x!)]
    }
  }

  it.each(Object.entries(leaking))('%s', (_, fn) => {
    const before = tf.memory()
    const variables = Object.keys(tf.engine().registeredVariables)
    try {
      trace(fn, specs)
    } catch {
      // Some are made to fail.
    }
    const { numTensors, numDataBuffers, numBytes } = tf.memory()
    expect({ numTensors, numDataBuffers, numBytes }).toEqual({
      numTensors: before.numTensors,
      numDataBuffers: before.numDataBuffers,
      numBytes: before.numBytes
    })
    expect(Object.keys(tf.engine().registeredVariables)).toEqual(variables)
  })

  it('is taken from the user either: captured tensors and those made before live on', () => {
    const captured = tf.tensor([1, 2])
    const { numTensors } = tf.memory()
    trace(x => [tf.mul(x!, captured), captured], specs)
    expect(captured.arraySync()).toEqual([1, 2])
    expect(tf.memory().numTensors).toBe(numTensors)
    captured.dispose()
  })
})
