import { type ChartOptions, type Layer, panels } from '@vgm/charts'
import { InvalidSeriesError } from './errors.js'
import { meanSeries } from './series.js'
import type { ClusterSummary } from './summarize-by-clusters.js'
import type { AxisRatings, SignAxis, SignSummary } from './summarize-by-sign.js'
import type { PhraseSpan } from './types.js'

/** Options of {@link plotClusterSummary} and {@link plotSignSummary}. */
export interface PlotOptions {
  /** The title of the figure: the piece's name. */
  readonly title: string
}

const panelSize = { width: 460, height: 220 }
const ink = { one: '#777', mean: '#000', positive: '#0072b2', negative: '#d55e00' }

/**
 * The steps of {@link summarizeByClusters} as an SVG document, as in Figure 3 of the paper: the annotations, smoothed;
 * each cluster with its mean; what speaks for the piece, with its phrases shaded by their sentiment.
 *
 * @param ratings What was summarized.
 * @throws {InvalidSeriesError} if `summary` belongs to other ratings.
 * @source Ferreira and Whitehead 2019, figure 3
 */
export function plotClusterSummary(
  ratings: readonly (readonly number[])[],
  summary: ClusterSummary,
  { title }: PlotOptions
): string {
  const bars = summary.curve.length
  // A moving average stands in the middle of the bars that it covers.
  const shift = (bars - (summary.smoothed[0]?.length ?? bars)) / 2
  const clusters = summary.clusters.map(({ members }, index) => {
    const role = index === summary.chosen ? ', chosen' : index === summary.noise ? ', noise' : ''
    const series = pick('plotClusterSummary', ratings, members)
    return panel(`Cluster ${index + 1}: ${members.length}${role}`, 'valence', bars, [
      ...thinLines(series),
      meanLine(meanSeries(series))
    ])
  })
  return panels(
    [
      panel(
        `${title}: ${summary.smoothed.length} annotations, smoothed`,
        'valence',
        bars,
        thinLines(summary.smoothed, shift)
      ),
      ...clusters,
      panel(`Phrases: ${summary.spans.length}`, 'valence', bars, [
        ...shading(summary.spans, 'valence'),
        meanLine(summary.curve)
      ])
    ],
    { title, columns: 2 }
  )
}

/**
 * The steps of {@link summarizeBySign} as an SVG document: for valence and arousal side by side the listeners of either
 * group, and the mean of the chosen one with its phrases shaded.
 *
 * @param ratings What was summarized.
 * @throws {InvalidSeriesError} if `summary` belongs to other ratings.
 */
export function plotSignSummary(ratings: AxisRatings, summary: SignSummary, { title }: PlotOptions): string {
  const rows = (['positive', 'negative'] as const).map(group =>
    (['valence', 'arousal'] as const).map(axis => groupPanel(ratings, summary[axis], axis, group, title))
  )
  const results = (['valence', 'arousal'] as const).map(axis =>
    panel(`${title}: ${summary.spans.length} phrases`, axis, summary[axis].mean.length, [
      ...shading(summary.spans, axis),
      meanLine(summary[axis].mean)
    ])
  )
  return panels([...rows.flat(), ...results], { title, columns: 2 })
}

function groupPanel(
  ratings: AxisRatings,
  summary: SignAxis,
  axis: keyof AxisRatings,
  group: 'positive' | 'negative',
  title: string
): ChartOptions {
  const series = pick('plotSignSummary', ratings[axis], summary[group])
  const chosen = summary.chosen === group ? ', chosen' : ''
  return panel(`${title}: ${series.length} ${group}${chosen}`, axis, summary.mean.length, [
    ...thinLines(series),
    ...(series.length === 0 ? [] : [meanLine(meanSeries(series))])
  ])
}

function panel(title: string, axis: string, bars: number, layers: readonly Layer[]): ChartOptions {
  return {
    ...panelSize,
    title,
    x: { label: 'bar', domain: [0, bars] },
    y: { label: axis, domain: [-1, 1], ticks: 4 },
    layers: [...layers, { kind: 'rule', y: 0 }]
  }
}

function pick(caller: string, ratings: readonly (readonly number[])[], members: readonly number[]) {
  return members.map(member => {
    const values = ratings[member]
    if (values !== undefined) return values
    throw new InvalidSeriesError(caller, 'ratings', `at least ${member + 1} listeners`, ratings.length)
  })
}

/** Values in the middle of their bars. */
function lineOf(values: readonly number[], shift = 0): [number, number][] {
  return values.map((value, bar) => [bar + shift + 0.5, value])
}

function thinLines(series: readonly (readonly number[])[], shift = 0): Layer[] {
  return series.map(values => ({
    kind: 'line',
    points: lineOf(values, shift),
    color: ink.one,
    width: 0.7,
    opacity: 0.6
  }))
}

function meanLine(values: readonly number[]): Layer {
  return { kind: 'line', points: lineOf(values), color: ink.mean, width: 2 }
}

/** A bar of each sign's colour behind every phrase, with a gap that shows where phrases end. */
function shading(spans: readonly PhraseSpan[], axis: 'valence' | 'arousal'): Layer[] {
  return ([1, -1] as const).map(sign => ({
    kind: 'bars',
    bars: spans
      .filter(span => span[axis] === sign)
      .map(({ fromBar, toBar }) => ({ from: fromBar + 0.05, to: toBar - 0.05, value: sign })),
    color: sign === 1 ? ink.positive : ink.negative,
    opacity: 0.25,
    name: sign === 1 ? 'positive' : 'negative'
  }))
}
