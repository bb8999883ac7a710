import { chart } from '@vgm/charts'
import type { NotedStep } from '@vgm/composer/node'

/** What is measured at each step of a search, beside the cost. */
export type SearchMeasure = 'probability' | 'excess'

/** How a search went: what the judge says of its pieces, and how far they are outside of the ranges, as an SVG document. */
export function plotSearch(history: readonly NotedStep<SearchMeasure>[], target: number): string {
  const points = (key: SearchMeasure) => history.map(point => [point.step, point[key]] as const)
  const most = history.reduce((highest, { excess }) => Math.max(highest, excess), 1)
  return chart({
    title: 'Search for a steering',
    x: { label: 'step' },
    y: { label: 'mean of the pieces', domain: [0, most] },
    layers: [
      { kind: 'rule', y: target, color: '#999999' },
      { kind: 'line', points: points('probability'), width: 2, name: 'probability of positive' },
      { kind: 'line', points: points('excess'), width: 1, color: '#d55e00', name: 'outside of the ranges' }
    ]
  })
}
