import { join } from 'node:path'
import { Command } from 'commander'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../../flags/midi-options.js'
import { jsonOption } from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { passedOverLine } from '../../inputs/midi-sources.js'
import { writeOutput } from '../../terminal/files.js'
import { interruptible } from '../../terminal/interrupt.js'
import { withProgress } from '../../terminal/progress.js'
import { warningLine } from '../../terminal/warning-line.js'
import { statisticsTable } from '../../views/statistics-table.js'

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
  process.stdout.write(flags.json ? `${JSON.stringify(counted)}\n` : statisticsTable(counted))
}
