import type { KernelCall, Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { inReals } from './elementwise.js'
import { apply, cast, choose, compare, constantLike, inNumbers, isNotANumber } from './operations.js'

/** Translations by kernel. */
export const activation: Record<string, Translation> = {}

activation.Elu = call => inReals(call, call.inputs.x!, x => apply(call, 'Elu', [x]))

activation.Relu = call => inNumbers(call, call.inputs.x!, x => apply(call, 'Relu', [x]))

/** The nearest number of the value's type: an integer has no infinity. */
function boundLike(call: KernelCall, x: Value, bound: number): Value {
  const nearest = x.dtype === 'int32' ? Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, bound)) : bound
  return constantLike(call, x, nearest)
}

/** Between two bounds. */
function clip(call: KernelCall, low: number, high: number): Value {
  return inNumbers(call, call.inputs.x!, x => {
    const raised = apply(call, 'Max', [x, boundLike(call, x, low)])
    return apply(call, 'Min', [raised, boundLike(call, x, high)])
  })
}

activation.ClipByValue = call => clip(call, call.attributes.clipValueMin, call.attributes.clipValueMax)

activation.Relu6 = call => clip(call, 0, 6)

activation.LeakyRelu = call => {
  const x = cast(call.graph, call.inputs.x!, 'float32')
  return apply(call, 'LeakyRelu', [x], { attributes: { alpha: { float: call.attributes.alpha } } })
}

activation.Prelu = call => {
  const [x, alpha] = [call.inputs.x!, call.inputs.alpha!].map(value => cast(call.graph, value, 'float32'))
  const isNegative = compare(call, 'Less', x!, call.graph.scalar(0))
  return choose(call, isNegative, apply(call, 'Mul', [x!, alpha!]), x!)
}

activation.Step = call =>
  inNumbers(call, call.inputs.x!, x => {
    const isPositive = compare(call, 'Greater', x, constantLike(call, x, 0))
    const low = constantLike(call, x, call.attributes.alpha ?? 0)
    const step = choose(call, isPositive, constantLike(call, x, 1), low)
    return x.dtype === 'float32' ? choose(call, isNotANumber(call, x), x, step) : step
  })

activation.EluGrad = call => {
  const { dy, y } = call.inputs
  const slope = apply(call, 'Add', [y!, call.graph.scalar(1)])
  const isPositive = compare(call, 'Greater', y!, call.graph.scalar(0))
  return choose(call, isPositive, dy!, apply(call, 'Mul', [dy!, slope]))
}

const [seluScaleAlpha, seluScale] = [1.7580993408473768, 1.0507009873554805]

activation.Selu = call => {
  const attributes = { alpha: { float: seluScaleAlpha / seluScale }, gamma: { float: seluScale } }
  return inReals(call, call.inputs.x!, x => apply(call, 'Selu', [x], { attributes }))
}
