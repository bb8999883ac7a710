import { expect, test } from 'vitest'
import { plotClusterSummary, plotSignSummary } from './plot-summary.js'
import { summarizeByClusters } from './summarize-by-clusters.js'
import { summarizeBySign } from './summarize-by-sign.js'

const ratings = [
  [0.5, 0.5, -0.5, -0.5],
  [0.6, 0.5, -0.4, -0.4],
  [-0.7, -0.7, -0.7, -0.7],
  [-1, 1, -1, 1]
]
const titles = (svg: string) => [...svg.matchAll(/font-weight="bold">([^<]*)</g)].map(([, title]) => title)

test('the figure shows the annotations, every cluster, and the phrases', () => {
  const svg = plotClusterSummary(ratings, summarizeByClusters(ratings), { title: 'Tune & Air' })
  expect(svg.startsWith('<svg ')).toBe(true)
  expect(titles(svg)).toEqual([
    'Tune &amp; Air: 4 annotations, smoothed',
    'Cluster 1: 2, noise',
    'Cluster 2: 1, chosen',
    'Cluster 3: 1',
    'Phrases: 1'
  ])
  // A line per annotation in the first panel and in its cluster, a mean per cluster, and the curve.
  expect(svg.match(/<path /g)).toHaveLength(4 + 4 + 3 + 1)
})

test('every phrase is shaded by its sign', () => {
  const svg = plotSignSummary(
    { valence: ratings.slice(0, 2), arousal: ratings.slice(0, 2) },
    summarizeBySign({ valence: ratings.slice(0, 2), arousal: ratings.slice(0, 2) }, { maxVariance: 1 }),
    { title: 'Tune' }
  )
  expect(svg.match(/fill="#0072b2" fill-opacity/g)).toHaveLength(2)
  expect(svg.match(/fill="#d55e00" fill-opacity/g)).toHaveLength(2)
})

test('a summary of other ratings is refused', () => {
  const summary = summarizeByClusters(ratings)
  expect(() => plotClusterSummary(ratings.slice(0, 3), summary, { title: '' })).toThrow(
    'plotClusterSummary: ratings expected at least 4 listeners, got 3'
  )
})
