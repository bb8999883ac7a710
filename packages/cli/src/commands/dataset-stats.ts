import { join } from 'node:path'
import type { DatasetStatistics, NamedCount } from '@vgm/dataset'
import type { FolderStatistics } from '@vgm/dataset/node'
import { Command } from 'commander'
import { writeOutput } from '../files.js'
import { interruptible } from '../interrupt.js'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../midi-options.js'
import { passedOverLine } from '../midi-sources.js'
import { jsonOption } from '../options.js'
import { requireWritable } from '../output.js'
import { withProgress } from '../progress.js'
import { alignedTable } from '../table.js'
import { warningLine } from '../warning-line.js'

interface StatsFlags extends MidiFlags {
  readonly plots?: string
  readonly json?: boolean
}

const examples = `
Examples:
  vgm dataset stats vgmidi-0.1
  vgm dataset stats music --plots plots           also words.svg, length.svg, tempo.svg, keys.svg, …

VGMIDI 0.1, 0.2 and 4Q (of which whole pieces alone count) are recognised by their CSV files and counted by split; of any
other folder every MIDI file counts. Files that cannot be read are listed on standard error.`

/** `vgm dataset stats`. */
export function statsCommand(): Command {
  return new Command('stats')
    .description('Count what a data set holds: pieces, words, lengths, tempos, keys, velocities, labels.')
    .argument('<folder>', 'a data set, or a folder of MIDI files')
    .option('--plots <folder>', 'also draw histograms, as SVG files')
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(folder: string, flags: StatsFlags): Promise<void> {
  if (flags.plots !== undefined) await requireWritable(flags.plots)
  const [{ words }, { statisticsPlots }, { folderStatistics }] = await Promise.all([
    import('@vgm/encoding'),
    import('@vgm/dataset'),
    import('@vgm/dataset/node')
  ])
  const counted = await interruptible(signal =>
    withProgress({ title: 'stats' }, progress =>
      folderStatistics(folder, {
        tokenizer: words,
        signal,
        reading: midiReading(flags),
        onRepairs: (path, warnings) => progress.log(warningLine(path, warnings)),
        onProgress: ({ done, total = done }) => progress.update(done / total, `${done} of ${total} files`)
      })
    )
  )
  const note = passedOverLine(folder, counted.passedOver)
  if (note !== undefined) process.stderr.write(`${note}\n`)
  for (const { path, reason } of counted.skipped) process.stderr.write(`skipped ${path}: ${reason}\n`)
  if (flags.plots !== undefined) {
    for (const { name, svg } of statisticsPlots(counted.parts)) {
      await writeOutput(join(flags.plots, `${name}.svg`), svg)
    }
  }
  process.stdout.write(flags.json ? `${JSON.stringify(counted)}\n` : tableOf(counted))
}

/** How many of the keys are shown at most. */
const shownKeys = 5

function tableOf({ dataset, parts, skipped }: FolderStatistics): string {
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
  const note =
    skipped.length === 0 ? '' : `skipped ${skipped.length} file${skipped.length === 1 ? '' : 's'}\n`
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
