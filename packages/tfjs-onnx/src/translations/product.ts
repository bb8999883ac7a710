import { broadcastShape } from '../shapes.js'
import { type KernelCall, requireKnown, type Translation } from '../translation.js'
import type { Value } from '../types.js'
import { apply } from './elementwise.js'
import { transpose } from './shape.js'

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

const activations: Readonly<Record<string, string>> = {
  relu: 'Relu',
  elu: 'Elu',
  sigmoid: 'Sigmoid'
}

product._FusedMatMul = call => {
  const { bias } = call.inputs
  const activation = call.attributes.activation ?? 'linear'
  const product = matMul(call)
  const sum = bias === undefined ? product : apply(call, 'Add', [product, bias])
  if (activation === 'linear') return sum
  requireKnown('_FusedMatMul', activation in activations, `activation '${activation}' has no translation`)
  return apply(call, activations[activation]!, [sum])
}

product.Einsum = ({ inputs, attributes: { equation }, graph }) => {
  const operands = Object.values(inputs)
  const [terms, result] = (equation as string).replaceAll(' ', '').split('->') as [string, string]
  const sizes = new Map<string, number>()
  for (const [k, term] of terms.split(',').entries()) {
    for (const [axis, letter] of [...term].entries()) sizes.set(letter, operands[k]!.shape[axis]!)
  }
  const shape = [...result].map(letter => sizes.get(letter)!)
  return graph.node(
    'Einsum',
    operands,
    { shape, dtype: operands[0]!.dtype },
    { equation: `${terms}->${result}` }
  )
}
