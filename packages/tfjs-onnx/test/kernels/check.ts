import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/public/chained_ops/reshape'
import '@tensorflow/tfjs-core/dist/public/chained_ops/slice'
import '@tensorflow/tfjs-core/dist/public/chained_ops/split'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Engine, onnxEngine } from '../../src/runtime/engine.js'
import type { HostTensor } from './generators.js'

/** One use of a kernel. */
export interface Case {
  /** The kernel that it shows to be right. */
  readonly kernel: string
  /** What sets it apart from the kernel's other cases. */
  readonly name?: string
  readonly inputs: fc.Arbitrary<readonly HostTensor[]>
  readonly f: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[]
  /** What tfjs is to compute instead of `f`, where its own kernel is missing or wrong. */
  readonly reference?: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[]
  /** Whether the gradient of `Σ f(x)·w` is compared, too. Default: true if an input is float32. */
  readonly gradient?: boolean
  /** How far results may be apart: `atol + rtol · |expected|`. Default: 2e-6 and 2e-5. */
  readonly atol?: number
  readonly rtol?: number
}

type Computation = (...inputs: tf.Tensor[]) => tf.Tensor[]

function listed(f: Case['f']): Computation {
  return (...inputs) => [f(...inputs)].flat()
}

/** A weight for each place of a result, the same in both runs. */
function weights(shape: number[]): tf.Tensor {
  const size = shape.reduce((total, n) => total * n, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, k) => ((k * 7 + 3) % 11) / 4 - 1.2),
    shape
  )
}

function weightedSum(results: readonly tf.Tensor[]): tf.Tensor {
  const real = results.filter(({ dtype }) => dtype === 'float32')
  return real.map(y => tf.sum(tf.mul(y, weights(y.shape)))).reduce((a, b) => tf.add(a, b))
}

/** The results of a function, and the gradients of their weighted sum with respect to its real inputs. */
function withGradients(f: Computation): Computation {
  return (...inputs) => {
    const isReal = inputs.map(({ dtype }) => dtype === 'float32')
    const real = inputs.filter((_, k) => isReal[k])
    const gradients = tf.grads((...given: tf.Tensor[]) => {
      const rest = [...given]
      return weightedSum(f(...inputs.map((input, k) => (isReal[k] ? rest.shift()! : input))))
    })
    return [...f(...inputs), ...gradients(real)]
  }
}

const engine: Promise<Engine> = onnxEngine({ threads: 1 })

function expectClose(
  received: tf.TypedArray,
  expected: tf.TypedArray,
  { atol = 2e-6, rtol = 2e-5 }: Case
): void {
  const isClose = (a: number, b: number) =>
    Object.is(a, b) || a === b || Math.abs(a - b) <= atol + rtol * Math.abs(b)
  const differs = expected.length !== received.length || expected.some((b, k) => !isClose(received[k]!, b))
  if (differs) expect([...received]).toEqual([...expected])
}

/** What tfjs computes. */
interface Expected {
  readonly shape: number[]
  readonly dtype: string
  readonly data: tf.TypedArray
}

/** Compares a case with tfjs's cpu backend on a few random inputs. */
export async function check(one: Case): Promise<void> {
  await tf.setBackend('cpu')
  const property = fc.asyncProperty(one.inputs, async inputs => {
    const takesGradient = one.gradient ?? inputs.some(({ dtype }) => dtype === 'float32')
    const compute = (f: Case['f']) => (takesGradient ? withGradients(listed(f)) : listed(f))
    const expected: Expected[] = []
    const { kernelNames } = await tf.profile(() => {
      const given = inputs.map(({ data, shape, dtype }) => tf.tensor(data, [...shape], dtype))
      for (const result of compute(one.reference ?? one.f)(...given)) {
        expected.push({ shape: result.shape, dtype: result.dtype, data: result.dataSync() })
      }
      return given
    })
    if (one.reference === undefined) expect(kernelNames).toContain(one.kernel)
    const program = await (await engine).compile(compute(one.f), inputs)
    const results = await program.run(inputs.map(({ data }) => data))
    for (const [k, { shape, dtype, data }] of expected.entries()) {
      const result = results[k]! as (typeof results)[number] & { tensor: { type: string } }
      expect({ shape: [...result.shape], dtype: result.tensor.type }, `result ${k}`).toEqual({ shape, dtype })
      expectClose(await result.read(), data, one)
    }
    program.dispose()
  })
  await fc.assert(property, { seed: 7, numRuns: 2, endOnFailure: true })
}
