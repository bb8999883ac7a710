import { customGrad, matMul, type Tensor, type Tensor2D, transpose } from '@tensorflow/tfjs-core'

/**
 * A function `a ↦ a·w` for a matrix that nothing is learnt about: its gradient is that of `a` alone.
 *
 * @param w Shape `[K, N]`.
 * @returns A function from `[M, K]` to `[M, N]`.
 */
export function constantProduct(w: Tensor2D): (a: Tensor2D) => Tensor2D {
  let transposed: Tensor2D | undefined
  const product = customGrad((...inputs) => ({
    value: matMul(inputs[0] as Tensor2D, w), // (M, N)
    gradFunc(dy: Tensor) {
      transposed ??= transpose(w)
      return matMul(dy as Tensor2D, transposed) // (M, K)
    }
  }))
  return a => product(a) as Tensor2D
}
