import { dirname } from 'node:path'
import { type ProfileName, profileNames } from '@vgm/key-velocity'
import { Command, Option } from 'commander'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../flags/midi-options.js'
import { jsonOption } from '../flags/options.js'
import { requireFolder } from '../flags/output.js'
import { naming, readInput, standardStream, writeOutput } from '../terminal/files.js'
import { withProgress } from '../terminal/progress.js'
import type { FileLabels } from '../views/label-rows.js'

interface LabelFlags extends MidiFlags {
  readonly notes?: boolean
  readonly profile: ProfileName
  readonly csv?: boolean
  readonly json?: boolean
  readonly out: string
}

const examples = `
Examples:
  vgm label tune.mid                              its key, and its notes by velocity class
  vgm label music --csv --out labels.csv          every MIDI file of a folder, subfolders included
  vgm label tune.mid --notes                      the velocity class of each note

The correlation says how well the notes fit the key, 1 at best. Velocity classes: pp 0-31, p 32-47, mp 48-63, mf 64-79,
f 80-95, ff 96-127. Percussion (channel 10) is left out. Files that cannot be labelled are
skipped with a line on standard error; the exit code is 1 if one of them was named, or nothing of a folder could be labelled.`

/** `vgm label`. */
export function labelCommand(): Command {
  return new Command('label')
    .description('Label MIDI files with their key and the velocity classes of their notes.')
    .argument('<file...>', 'MIDI files or folders of them; - is standard input')
    .option('--notes', 'label each note instead')
    .addOption(
      new Option('--profile <name>', 'what keys are compared with')
        .choices(profileNames)
        .default('krumhansl-kessler' satisfies ProfileName)
    )
    .addOption(new Option('--csv', 'print comma-separated values with a header line').conflicts('json'))
    .addOption(jsonOption())
    .option('--out <file>', 'file to write; - is standard output', '-')
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(paths: readonly string[], flags: LabelFlags): Promise<void> {
  if (flags.out !== standardStream) await requireFolder(dirname(flags.out))
  const [{ labelNotes }, { findMidiFiles, readEach, requireNoMiss }, { readMidi }] = await Promise.all([
    import('@vgm/key-velocity'),
    import('../inputs/midi-sources.js'),
    import('../inputs/read-midi.js')
  ])
  const sources = await findMidiFiles(paths)
  const labels: FileLabels[] = []
  const missed: string[] = []
  await withProgress({ title: 'labelling' }, async ({ update, log }) => {
    // With percussion, so that a file of nothing else is told from an empty one.
    const reading = { ...midiReading(flags), log, includePercussion: true }
    const read = async (file: string) => {
      const bytes = await readInput(file)
      return naming(file, () => ({ file, ...labelNotes(readMidi(file, bytes, reading), flags) }))
    }
    const each = readEach(sources, {
      ...{ read, verb: 'labelled', log },
      onFile: (done, total) => update(done / total, `${done} of ${total} files`),
      onMiss: path => missed.push(path)
    })
    for await (const file of each) labels.push(file)
  })
  await writeOutput(flags.out, await textOf(labels, flags))
  requireNoMiss(missed, 'labelled')
}

async function textOf(labels: readonly FileLabels[], { notes = false, json, csv }: LabelFlags) {
  const { fileRows, labelData, noteRows } = await import('../views/label-rows.js')
  if (json) return `${JSON.stringify(labelData(labels, notes))}\n`
  return (await import('../terminal/table.js')).tableOf(notes ? noteRows(labels) : fileRows(labels), csv)
}
