import { expect, test } from 'vitest'
import { plotCurves } from './curve-plot.js'

test('draws the curve of a piece of very many bars', () => {
  const bars = 2 ** 18
  const curve = Array.from({ length: bars }, (_, index) => ({
    bar: index + 1,
    probability: index % 2
  }))
  const svg = plotCurves([{ name: 'long', curve }])
  expect(svg).toContain('>250,000</text>')
  expect(svg).toContain('L696,40" fill="none"') // the last bar, the highest probability
})
