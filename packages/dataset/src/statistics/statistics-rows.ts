import type { StatisticsPart } from './plots.js'
import type { DatasetStatistics, NamedCount } from './statistics.js'

/** How many of the keys are shown at most. */
const shownKeys = 5

/**
 * The statistics of a data set as rows of a table.
 *
 * @param dataset Its name, over the column of what is counted. There is a column for each part.
 */
export function statisticsRows(dataset: string, parts: readonly StatisticsPart[]): Record<string, string>[] {
  const row = (measure: string, cell: (statistics: DatasetStatistics) => string) => ({
    [dataset]: measure,
    ...Object.fromEntries(parts.map(({ name, statistics }) => [name, cell(statistics)]))
  })
  const mostKeys = parts.reduce((most, { statistics }) => Math.max(most, statistics.keys.length), 0)
  return [
    row('pieces', ({ pieces }) => String(pieces)),
    row('notes', ({ notes }) => String(notes)),
    row('words', ({ words }) => String(words.total)),
    row('  per piece, median', ({ words }) => words.median.toFixed(0)),
    row('  longest piece', ({ words }) => String(words.max)),
    row('minutes', ({ lengthSec }) => (lengthSec.total / 60).toFixed(1)),
    row('seconds per piece, median', ({ lengthSec }) => lengthSec.median.toFixed(1)),
    row('  longest piece', ({ lengthSec }) => lengthSec.max.toFixed(1)),
    row('bpm, median', ({ tempoBpm }) => tempoBpm.median.toFixed(1)),
    row('  slowest piece', ({ tempoBpm }) => tempoBpm.min.toFixed(1)),
    row('  fastest piece', ({ tempoBpm }) => tempoBpm.max.toFixed(1)),
    ...Array.from({ length: Math.min(shownKeys, mostKeys) }, (_, place) =>
      row(`key ${place + 1}`, ({ keys, pieces }) => shareOf(keys[place], pieces))
    ),
    ...(['pp', 'p', 'mp', 'mf', 'f', 'ff'] as const).map(name =>
      row(`notes ${name}`, ({ velocityClasses, notes }) => percentage(velocityClasses[name], notes))
    ),
    ...labelNames(parts).map(name =>
      row(`labelled ${name}`, ({ labels }) => String(labels.find(label => label.name === name)?.count ?? 0))
    )
  ]
}

function labelNames(parts: readonly StatisticsPart[]): string[] {
  return [...new Set(parts.flatMap(({ statistics }) => statistics.labels.map(({ name }) => name)))].sort()
}

function shareOf(entry: NamedCount | undefined, total: number): string {
  return entry === undefined ? '–' : `${entry.name} ${percentage(entry.count, total)}`
}

function percentage(count: number, total: number): string {
  return total === 0 ? '–' : `${((100 * count) / total).toFixed(1)}%`
}
