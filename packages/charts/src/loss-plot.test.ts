import { expect, test } from 'vitest'
import { plotLoss } from './loss-plot.js'

/** A loss that falls from 5 to 1 over so many steps of two epochs. */
const falling = (steps: number) =>
  Array.from({ length: steps }, (_, k) => ({ epoch: (2 * (k + 1)) / steps, loss: 5 - (4 * k) / steps }))

test('a run of 2¹⁸ steps is plotted, in no more points than can be seen', () => {
  const svg = plotLoss(falling(2 ** 18), [
    { epoch: 1, loss: 3 },
    { epoch: 2, loss: 2 }
  ])
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s)
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  expect(svg.length).toBeLessThan(100_000)
})

test('a short run keeps every point', () => {
  const svg = plotLoss(falling(700), [])
  const [line] = svg.match(/ d="M[^"]*"/g) ?? []
  expect(line!.split(/[LM]/).length - 1).toBe(700)
})

test('a run without a step has an empty plot', () => {
  expect(plotLoss([], [])).toMatch(/^<svg .*<\/svg>\n$/s)
})
