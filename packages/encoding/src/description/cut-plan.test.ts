import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { bar } from '../../test/plans.js'
import { cutPlan, planSteps, type Return } from './index.js'

const exact = (bars: number): Return => ({ bars, how: 'exact' })

test('bars are cut out of a plan; what came back from before the cut comes back within it', () => {
  // A B A' A B: the third and fourth bars come from the first, the fifth from the second.
  const returns = [null, null, { bars: 2, how: 'varied' as const }, exact(3), exact(3)]
  const plan = { bars: returns.map((each, index) => bar({ notes: index, returns: each })) }
  const { bars } = cutPlan(plan, 2, 3)
  expect(bars.map(({ notes }) => notes)).toEqual([2, 3, 4])
  expect(bars.map(each => each.returns)).toEqual([null, { bars: 1, how: 'varied' }, null])
  expect(cutPlan(plan, 0, 5)).toEqual(plan)
})

test('bars that a plan does not have are refused', () => {
  const plan = { bars: [bar(), bar()] }
  expect(() => cutPlan(plan, 2, 1)).toThrow(InvalidOptionError)
  expect(() => cutPlan(plan, 1, 2)).toThrow('count expected an integer from 1 to 1, got 2')
})

test('the steps of a plan are those of its bars', () => {
  expect(planSteps({ bars: [bar(), bar({ numerator: 3 })] })).toBe(28)
})
