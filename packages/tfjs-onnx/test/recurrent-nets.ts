import * as tf from '@tensorflow/tfjs-core'
import { addGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Add_grad'
import { batchMatMulGradConfig } from '@tensorflow/tfjs-core/dist/gradients/BatchMatMul_grad'
import { concatGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Concat_grad'
import { multiplyGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Multiply_grad'
import { reshapeGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Reshape_grad'
import { sigmoidGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sigmoid_grad'
import { splitVGradConfig } from '@tensorflow/tfjs-core/dist/gradients/SplitV_grad'
import { squareGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Square_grad'
import { sumGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Sum_grad'
import { tanhGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Tanh_grad'
import { unpackGradConfig } from '@tensorflow/tfjs-core/dist/gradients/Unpack_grad'
import type { TensorFunction, TensorSpec } from '../src/types.js'
import { real } from './pass-checks.js'

for (const config of [
  addGradConfig,
  batchMatMulGradConfig,
  concatGradConfig,
  multiplyGradConfig,
  reshapeGradConfig,
  sigmoidGradConfig,
  splitVGradConfig,
  squareGradConfig,
  sumGradConfig,
  tanhGradConfig,
  unpackGradConfig
]) {
  tf.registerGradient(config)
}

/** The sizes of {@link lstmGradients}. */
export interface LstmSizes {
  readonly steps: number
  readonly batch: number
  readonly inputs: number
  readonly units: number
}

/** Inputs of {@link lstmGradients}: `x` `[T, B, I]`, `Wx` `[I, 4H]`, `Wh` `[H, 4H]`, `b` `[4H]`, `h` and `c` `[B, H]`. */
export function lstmSpecs({ steps, batch, inputs, units }: LstmSizes): TensorSpec[] {
  return [
    real(steps, batch, inputs),
    real(inputs, 4 * units),
    real(units, 4 * units),
    real(4 * units),
    real(batch, units),
    real(batch, units)
  ]
}

/** The loss of an LSTM, written plainly with a `matMul` at every time step, and its gradients for `Wx`, `Wh` and `b`. */
export const lstmGradients: TensorFunction = (x, ...rest) => {
  const [wx, wh, b, start, memory] = rest
  const loss = (wx: tf.Tensor, wh: tf.Tensor, b: tf.Tensor) => {
    let [h, c] = [start!, memory!]
    let total: tf.Tensor = tf.scalar(0)
    for (const word of tf.unstack(x!, 0)) {
      const gates = tf.add(tf.add(tf.matMul(word, wx), tf.matMul(h, wh)), b) // (B, 4H)
      const [i, f, o, u] = tf.split(gates, 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] // (B, H) each
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(u)))
      h = tf.mul(tf.sigmoid(o), tf.tanh(c))
      total = tf.add(total, tf.sum(tf.square(h)))
    }
    return total as tf.Scalar
  }
  const { value, grads } = tf.valueAndGrads(loss)([wx!, wh!, b!])
  return [value, ...grads]
}
