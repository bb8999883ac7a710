import { backend_util } from '@tensorflow/tfjs-core'
import type { KernelCall, Translation } from '../trace/translation.js'
import type { Value } from '../types.js'
import { apply, cast, choose, compare, toNumber } from './operations.js'

/** Translations by kernel. */
export const logic: Record<string, Translation> = {}

/** Comparisons of two operands of the same type, with broadcasting. */
const comparisons: Readonly<Record<string, string>> = {
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual'
}

function compareInputs(call: KernelCall, op: string): Value {
  return compare(call, op, toNumber(call, call.inputs.a!), toNumber(call, call.inputs.b!))
}

for (const [kernel, op] of Object.entries(comparisons)) {
  logic[kernel] = call => compareInputs(call, op)
}

logic.NotEqual = call => apply(call, 'Not', [compareInputs(call, 'Equal')])

for (const [kernel, op] of Object.entries({ LogicalAnd: 'And', LogicalOr: 'Or' })) {
  logic[kernel] = call => apply(call, op, [call.inputs.a!, call.inputs.b!])
}

logic.LogicalNot = call => apply(call, 'Not', [call.inputs.x!])

/** One of ONNX's tests, which know real numbers only. */
function test(call: KernelCall, op: string): Value {
  return apply(call, op, [cast(call.graph, call.inputs.x!, 'float32')], { dtype: 'bool' })
}

logic.IsNan = call => test(call, 'IsNaN')

logic.IsInf = call => test(call, 'IsInf')

logic.IsFinite = call => apply(call, 'Not', [apply(call, 'Or', [test(call, 'IsNaN'), test(call, 'IsInf')])])

logic.Select = call => {
  const [yes, no] = [call.inputs.t!, call.inputs.e!]
  const dtype = backend_util.upcastType(yes.dtype as 'float32', no.dtype as 'float32') as 'float32'
  return choose(call, call.inputs.condition!, cast(call.graph, yes, dtype), cast(call.graph, no, dtype))
}
