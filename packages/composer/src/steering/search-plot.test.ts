import { expect, test } from 'vitest'
import { plotSearch } from './search-plot.js'

test('a search of 2¹⁸ steps is plotted', () => {
  const history = Array.from({ length: 2 ** 18 }, (_, k) => ({
    step: k + 1,
    probability: 0.5,
    excess: k / 2 ** 17,
    cost: 1
  }))
  const svg = plotSearch(history, 1)
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s)
  expect(svg).not.toMatch(/NaN|Infinity/)
})
