import { JsonError } from '@vgm/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bar, plans } from '../../../test/plans.js'
import { planFromJson } from '../index.js'

test('a plan comes back from JSON', () => {
  fc.assert(
    fc.property(plans, plan => {
      expect(planFromJson(JSON.parse(JSON.stringify(plan)))).toEqual(JSON.parse(JSON.stringify(plan)))
    })
  )
})

test('the length of a bar may be left out', () => {
  expect(planFromJson({ bars: [{ numerator: 6, denominator: 8 }] })).toEqual({
    bars: [bar({ numerator: 6, denominator: 8 })]
  })
})

test('what is wrong is named by its path', () => {
  const wrong: [object, string][] = [
    [{ numerator: 0 }, 'bars[0].numerator'],
    [{ denominator: 3 }, 'bars[0].denominator'],
    [{ steps: 0 }, 'bars[0].steps'],
    [{ notes: 1.5 }, 'bars[0].notes'],
    [{ velocity: 128 }, 'bars[0].velocity'],
    [{ pitch: '60' }, 'bars[0].pitch'],
    [{ duration: -1 }, 'bars[0].duration'],
    [{ chords: ['C'] }, 'bars[0].chords[1]'],
    [{ chords: ['C', 'H'] }, 'bars[0].chords[1]'],
    [{ programs: [3, 3] }, 'bars[0].programs'],
    [{ returns: { bars: 1, how: 'exact' } }, 'bars must come back from bars of the plan'],
    [{ loud: true }, 'bars[0].loud']
  ]
  for (const [fields, path] of wrong) {
    const problem = () => planFromJson({ bars: [{ numerator: 4, denominator: 4, ...fields }] })
    expect(problem, path).toThrow(JsonError)
    expect(problem).toThrow(`planFromJson: ${path}`)
  }
  expect(() => planFromJson([])).toThrow(JsonError)
})
