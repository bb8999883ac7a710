import { chart } from '@vgm/charts'

/** A step of a search, as a plot shows it: means over its pieces. */
export interface PlottedStep {
  readonly step: number
  /** That a piece is positive. */
  readonly probability: number
  /** How far a piece is outside of the ranges of real music. */
  readonly excess: number
}

/** How a search went: what the judge says of its pieces, and how far they are outside of the ranges, as an SVG document. */
export function plotSearch(history: readonly PlottedStep[], target: number): string {
  const points = (key: 'probability' | 'excess') => history.map(point => [point.step, point[key]] as const)
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
