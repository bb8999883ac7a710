import {
  clone,
  concat,
  customGrad,
  type GradSaveFunc,
  matMul,
  scalar,
  type Tensor,
  type Tensor2D,
  transpose
} from '@tensorflow/tfjs-core'

/**
 * A function `a ↦ a·w` for a matrix that is used at every time step.
 *
 * It is what `matMul(a, w)` is, with a cheaper gradient: the factors of every use are gathered, and the gradient of `w`,
 * `Σ_t a_tᵀ·dy_t`, is one product over all time steps rather than one per step. The products are also free of transposed
 * operands, for which tfjs's WebAssembly backend has no fast path.
 *
 * How: a scalar token stands between `w` and its uses in tfjs's record. The uses pass back nothing of value to the token;
 * the token's own gradient, which tfjs asks for last, is the gathered product.
 *
 * @param w Shape `[K, N]`.
 * @returns A function from `[M, K]` to `[M, N]`.
 */
export function sharedProduct(w: Tensor2D): (a: Tensor2D) => Tensor2D {
  const uses: { readonly a: Tensor2D; readonly dy: Tensor2D }[] = []
  let transposed: Tensor2D | undefined

  const open = customGrad(() => ({
    value: scalar(0),
    gradFunc: () => {
      const a = uses.length === 1 ? uses[0]!.a : concat(uses.map(use => use.a))
      const dy = uses.length === 1 ? uses[0]!.dy : concat(uses.map(use => use.dy))
      return matMul(transpose(a), dy) // (K, N)
    }
  }))
  const use = customGrad((...inputs: (Tensor | GradSaveFunc)[]) => {
    const [a, , save] = inputs as [Tensor2D, Tensor, GradSaveFunc]
    save([a])
    return {
      value: matMul(a, w), // (M, N)
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        transposed ??= transpose(w)
        uses.push({ a: saved[0] as Tensor2D, dy: clone(dy) as Tensor2D })
        return [matMul(dy as Tensor2D, transposed), scalar(0)]
      }
    }
  })

  const token = open(w)
  return a => use(a, token) as Tensor2D
}
