import {
  add,
  customGrad,
  erf,
  exp,
  type GradSaveFunc,
  mul,
  square,
  type Tensor,
  type Tensor2D
} from '@tensorflow/tfjs-core'

const share = (x: Tensor) => mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5)

const withGradient = customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
  const [x, save] = inputs as [Tensor, GradSaveFunc]
  const kept = share(x)
  save([x, kept])
  return {
    value: mul(x, kept),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [x, kept] = saved as [Tensor, Tensor]
      const density = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
      return mul(dy, add(kept, mul(x, density)))
    }
  }
})

/** `x · Φ(x)`, with `Φ` the normal distribution. @source Hendrycks & Gimpel 2016, eq. 2 */
export function gelu(x: Tensor2D): Tensor2D {
  return withGradient(x) as Tensor2D
}
