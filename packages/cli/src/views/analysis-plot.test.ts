import { keys } from '@vgm/key-velocity'
import { expect, test } from 'vitest'
import { plotAnalyses } from './analysis-plot.js'

test('draws the curve of a piece of very many bars', () => {
  const bars = 2 ** 18
  const curve = Array.from({ length: bars }, (_, index) => ({
    bar: index + 1,
    lastBar: index + 4,
    startSec: 2 * index,
    probability: index % 2
  }))
  const svg = plotAnalyses([
    {
      file: 'long.mid',
      verdict: 'positive',
      probability: 0.5,
      key: { ...keys[0]!, correlation: 1 },
      tempoBpm: 120,
      bars,
      lowest: curve[0]!,
      highest: curve[1]!,
      curve
    }
  ])
  expect(svg).toContain('>250,000</text>')
  expect(svg).toContain('L696,40" fill="none"') // the last bar, the highest probability
})
