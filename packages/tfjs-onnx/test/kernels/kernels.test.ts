import { describe, expect, it } from 'vitest'
import { translatedKernels } from '../../src/trace/kernels.js'
import { activationCases } from './cases/activation.js'
import { edgeCases } from './cases/edges.js'
import { elementwiseCases } from './cases/elementwise.js'
import { indexingCases } from './cases/indexing.js'
import { logicCases } from './cases/logic.js'
import { mixedTypeCases } from './cases/mixed-types.js'
import { productCases } from './cases/product.js'
import { reductionCases } from './cases/reduction.js'
import { creationCases, shapeCases, slicingCases } from './cases/shape.js'
import { type Case, check } from './check.js'

/** In one file, since loading tfjs's gradients takes longer than all of the cases. */
const families: Readonly<Record<string, readonly Case[]>> = {
  activation: activationCases,
  creation: creationCases,
  edges: edgeCases,
  elementwise: elementwiseCases,
  indexing: indexingCases,
  logic: logicCases,
  'mixed types': mixedTypeCases,
  product: productCases,
  reduction: reductionCases,
  shape: shapeCases,
  slicing: slicingCases
}

describe.each(Object.entries(families))('what is computed is what tfjs computes: %s', (_, cases) => {
  for (const one of cases) {
    it([one.kernel, one.name].filter(Boolean).join(' '), () => check(one))
  }
})

it('leaves no translation untested', () => {
  const tested = new Set(
    Object.values(families)
      .flat()
      .map(({ kernel }) => kernel)
  )
  expect(translatedKernels().filter(kernel => !tested.has(kernel))).toEqual([])
})
