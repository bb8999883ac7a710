import { broadcastShape } from '../shapes.js'
import { type KernelCall, requireKnown, type Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { activation as activations } from './activation.js'
import { elementwise } from './elementwise.js'
import { apply, cast, transpose } from './operations.js'

/** Translations by kernel. */
export const product: Record<string, Translation> = {}

/** The last two axes exchanged. */
function swapped({ graph }: KernelCall, x: Value): Value {
  const last = x.shape.length - 1
  const perm = x.shape.map((_, k) => (k === last ? last - 1 : k === last - 1 ? last : k))
  return transpose(graph, x, perm)
}

function matMul(call: KernelCall): Value {
  const { transposeA, transposeB } = call.attributes
  const a = transposeA ? swapped(call, call.inputs.a!) : call.inputs.a!
  const b = transposeB ? swapped(call, call.inputs.b!) : call.inputs.b!
  const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const shape = [...batch, a.shape.at(-2)!, b.shape.at(-1)!]
  return call.graph.node('MatMul', [a, b], { shape, dtype: a.dtype })
}

product.BatchMatMul = matMul

/** The activations that can follow a product in tfjs's fused kernel. */
const following: Readonly<Record<string, Translation>> = {
  elu: activations.Elu!,
  leakyrelu: activations.LeakyRelu!,
  prelu: activations.Prelu!,
  relu: activations.Relu!,
  relu6: activations.Relu6!,
  sigmoid: elementwise.Sigmoid!
}

product._FusedMatMul = call => {
  const { bias, preluActivationWeights } = call.inputs
  const { activation = 'linear', leakyreluAlpha } = call.attributes
  const product = matMul(call)
  const sum = bias === undefined ? product : apply(call, 'Add', [product, bias])
  if (activation === 'linear') return sum
  const follow = following[activation]
  requireKnown('_FusedMatMul', follow !== undefined, `activation '${activation}' has no translation`)
  const inputs = { x: sum, ...(preluActivationWeights && { alpha: preluActivationWeights }) }
  return follow!({ ...call, inputs, attributes: { alpha: leakyreluAlpha } })
}

product.Einsum = ({ inputs, attributes: { equation }, graph }) => {
  const operands = Object.values(inputs)
  const [terms, result] = (equation as string).replaceAll(' ', '').split('->') as [string, string]
  const sizes = new Map<string, number>()
  for (const [k, term] of terms.split(',').entries()) {
    for (const [axis, letter] of [...term].entries()) sizes.set(letter, operands[k]!.shape[axis]!)
  }
  const shape = [...result].map(letter => sizes.get(letter)!)
  const { dtype } = operands[0]!
  const same = operands.map(operand => cast(graph, operand, dtype as 'float32'))
  return graph.node('Einsum', same, { shape, dtype }, { equation: `${terms}->${result}` })
}

/** Batch normalisation with given moments, `scale · (x − mean) / √(variance + ε) + offset`. */
product.FusedBatchNorm = call => {
  const { x, mean, variance, scale, offset } = call.inputs
  const padded = apply(call, 'Add', [variance!, call.graph.scalar(call.attributes.varianceEpsilon ?? 0.001)])
  const centered = apply(call, 'Sub', [x!, mean!])
  const normal = apply(call, 'Div', [centered, apply(call, 'Sqrt', [padded])])
  const scaled = scale === undefined ? normal : apply(call, 'Mul', [normal, scale])
  return offset === undefined ? scaled : apply(call, 'Add', [scaled, offset])
}
