import type { DatasetStatistics, NamedCount } from '@vgm/dataset'
import type { FolderStatistics } from '@vgm/dataset/node'
import { alignedTable } from '../terminal/table.js'
import { countNoun } from '../terminal/text.js'

/** How many of the keys are shown at most. */
const shownKeys = 5

/** What a data set holds, a column for each part of it. */
export function statisticsTable({ dataset, parts, skipped }: FolderStatistics): string {
  const row = (measure: string, cell: (statistics: DatasetStatistics) => string) => ({
    [dataset]: measure,
    ...Object.fromEntries(parts.map(({ name, statistics }) => [name, cell(statistics)]))
  })
  const mostKeys = parts.reduce((most, { statistics }) => Math.max(most, statistics.keys.length), 0)
  const rows = [
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
  const note = skipped.length === 0 ? '' : `skipped ${countNoun(skipped.length, 'file')}\n`
  return `${alignedTable(rows)}${note}`
}

function labelNames(parts: FolderStatistics['parts']): string[] {
  return [...new Set(parts.flatMap(({ statistics }) => statistics.labels.map(({ name }) => name)))].sort()
}

function shareOf(entry: NamedCount | undefined, total: number): string {
  return entry === undefined ? '–' : `${entry.name} ${percentage(entry.count, total)}`
}

function percentage(count: number, total: number): string {
  return total === 0 ? '–' : `${((100 * count) / total).toFixed(1)}%`
}
