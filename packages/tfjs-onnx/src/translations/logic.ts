import type { Translation } from '../translation.js'
import { apply } from './elementwise.js'

/** Translations by kernel. */
export const logic: Record<string, Translation> = {}

/** Comparisons and logic of two operands with broadcasting. */
const binary: Readonly<Record<string, string>> = {
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  LogicalAnd: 'And',
  LogicalOr: 'Or',
  LogicalXor: 'Xor'
}

for (const [kernel, op] of Object.entries(binary)) {
  logic[kernel] = call => apply(call, op, [call.inputs.a!, call.inputs.b!], { dtype: 'bool' })
}

logic.NotEqual = call => {
  const equal = apply(call, 'Equal', [call.inputs.a!, call.inputs.b!], { dtype: 'bool' })
  return apply(call, 'Not', [equal])
}

logic.LogicalNot = call => apply(call, 'Not', [call.inputs.x!])

logic.IsNan = call => apply(call, 'IsNaN', [call.inputs.x!], { dtype: 'bool' })

logic.IsInf = call => apply(call, 'IsInf', [call.inputs.x!], { dtype: 'bool' })

logic.IsFinite = call => {
  const strange = ['IsNaN', 'IsInf'].map(op => apply(call, op, [call.inputs.x!], { dtype: 'bool' }))
  return apply(call, 'Not', [apply(call, 'Or', strange)])
}

logic.Select = call => {
  const { condition, t, e } = call.inputs
  return apply(call, 'Where', [condition!, t!, e!], { dtype: t!.dtype })
}
