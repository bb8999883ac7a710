import { join } from 'node:path'
import { command } from '../../flags/command.js'
import * as common from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { text, type Values } from '../../flags/values.js'
import { passedOverLine } from '../../inputs/midi-sources.js'
import { writeOutput } from '../../terminal/files.js'
import { withProgress } from '../../terminal/progress.js'
import { alignedTable } from '../../terminal/table.js'
import { countNoun, log, print } from '../../terminal/text.js'

const options = {
  plots: text('folder', 'also draw histograms, as SVG files'),
  ...common.midiFlags,
  json: common.json
}

const help = `
Examples:
  vgm dataset stats vgmidi-0.1
  vgm dataset stats music --plots plots           also words.svg, length.svg, tempo.svg, keys.svg, …

VGMIDI 0.1, 0.2 and 4Q (of which whole pieces alone count) are recognised by their CSV files and counted by split; of any
other folder every MIDI file counts. Files that cannot be read are listed on standard error.`

/** `vgm dataset stats`. */
export const stats = command({
  name: 'stats',
  description: 'Count what a data set holds: pieces, words, lengths, tempos, keys, velocities, labels.',
  arguments: [['<folder>', 'a data set, or a folder of MIDI files']],
  options,
  help,
  run
})

async function run(folder: string, flags: Values<typeof options>, signal: AbortSignal): Promise<void> {
  const { plots, json } = flags
  if (plots !== undefined) await requireWritable(plots)
  const { words: tokenizer } = await import('@vgm/encoding')
  const { statisticsPlots, statisticsRows } = await import('@vgm/dataset')
  const { warningLine } = await import('../../terminal/warning-line.js')
  const { folderStatistics } = await import('@vgm/dataset/node')
  const counted = await withProgress('stats', ({ show, log }) =>
    folderStatistics(folder, {
      ...{ tokenizer, signal, reading: common.midiReading(flags), onProgress: show },
      onRepairs: (path, warnings) => log(warningLine(path, warnings))
    })
  )
  const note = passedOverLine(folder, counted.passedOver)
  if (note !== undefined) log(note)
  for (const { path, reason } of counted.skipped) log(`skipped ${path}: ${reason}`)
  const drawn = plots === undefined ? [] : statisticsPlots(counted.parts)
  for (const { name, svg } of drawn) await writeOutput(join(plots!, `${name}.svg`), svg)
  const { dataset, parts, skipped } = counted
  const total = skipped.length === 0 ? '' : `skipped ${countNoun(skipped.length, 'file')}\n`
  print(json, counted, `${alignedTable(statisticsRows(dataset, parts))}${total}`)
}
