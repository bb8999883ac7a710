import { type ChartOptions, panels } from '@vgm/charts'
import { keys, velocityClasses } from '@vgm/key-velocity'
import type { Distribution } from './distribution.js'
import type { DatasetStatistics, NamedCount } from './statistics.js'

/** A part of a data set, such as `labelled train`, and what it holds. */
export interface StatisticsPart {
  readonly name: string
  readonly statistics: DatasetStatistics
}

/** A drawing. */
export interface StatisticsPlot {
  /** `words`, `length`, `tempo`, `keys`, `velocities` or `labels`. */
  readonly name: string
  /** An SVG document. */
  readonly svg: string
}

/**
 * The histograms of a data set as SVG documents, each with one panel per part: words, lengths, tempos, keys, velocity classes
 * and, where a part has labels, those. Parts that hold nothing have no panel.
 */
export function statisticsPlots(parts: readonly StatisticsPart[]): StatisticsPlot[] {
  const filled = parts.filter(part => part.statistics.pieces > 0)
  const plot = (name: string, title: string, draw: (part: StatisticsPart) => ChartOptions | undefined) => {
    const charts = filled.map(draw).filter(chart => chart !== undefined)
    return charts.length === 0 ? [] : [{ name, svg: panels(charts, { title, columns: 1 }) }]
  }
  return [
    ...plot('words', 'Words', part => histogram(part, 'words', part.statistics.words)),
    ...plot('length', 'Length', part => histogram(part, 'seconds', part.statistics.lengthSec)),
    ...plot('tempo', 'Tempo', part => histogram(part, 'quarter notes per minute', part.statistics.tempoBpm)),
    ...plot('keys', 'Keys', ({ name, statistics }) => {
      const order = [...keys.map(key => key.name), 'none']
      const counts = order.map(key => countOf(statistics.keys, key))
      const shown = counts.at(-1)! > 0 ? order : order.slice(0, -1)
      return bars(name, 'key', 'pieces', shown.map(shorten), counts)
    }),
    ...plot('velocities', 'Velocity classes', ({ name, statistics }) => {
      const counts = velocityClasses.map(velocity => statistics.velocityClasses[velocity])
      return bars(name, 'velocity class', 'notes', velocityClasses, counts)
    }),
    ...plot('labels', 'Labels', ({ name, statistics: { labels } }) => {
      if (labels.length === 0) return undefined
      return bars(
        name,
        'label',
        'pieces',
        labels.map(label => label.name),
        labels.map(label => label.count)
      )
    })
  ]
}

function histogram(part: StatisticsPart, label: string, { bins }: Distribution): ChartOptions {
  return {
    title: part.name,
    x: { label },
    y: { label: 'pieces' },
    layers: [{ kind: 'bars', bars: bins.map(({ from, to, count }) => ({ from, to, value: count })) }]
  }
}

function bars(
  title: string,
  xLabel: string,
  yLabel: string,
  categories: readonly string[],
  counts: readonly number[]
): ChartOptions {
  const drawn = categories.map((_, x) => ({ from: x - 0.4, to: x + 0.4, value: counts[x] ?? 0 }))
  return {
    title,
    x: { label: xLabel, categories },
    y: { label: yLabel },
    layers: [{ kind: 'bars', bars: drawn }]
  }
}

/** `C# minor` is `C#m` on an axis of 24 keys. */
function shorten(key: string): string {
  return key.replace(/ major$/, '').replace(/ minor$/, 'm')
}

function countOf(counts: readonly NamedCount[], name: string): number {
  return counts.find(entry => entry.name === name)?.count ?? 0
}
