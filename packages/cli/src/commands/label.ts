import { dirname } from 'node:path'
import { profileNames } from '@vgm/key-velocity'
import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { requireFolder } from '../flags/output.js'
import { on, oneOf, text, type Values } from '../flags/values.js'
import { standardStream, writeOutput } from '../terminal/files.js'
import { withProgress } from '../terminal/progress.js'
import type { Row } from '../terminal/table.js'

const options = {
  notes: on('label each note instead'),
  profile: oneOf('name', profileNames, 'what keys are compared with', { default: 'krumhansl-kessler' }),
  csv: common.csv,
  json: common.json,
  out: text('file', 'file to write; - is standard output', { default: '-' }),
  ...common.midiFlags
}

const help = `
Examples:
  vgm label tune.mid                              its key, and its notes by velocity class
  vgm label music --csv --out labels.csv          every MIDI file of a folder, subfolders included

The correlation says how well the notes fit the key, 1 at best. Velocity classes: pp 0-31, p 32-47, mp 48-63, mf 64-79,
f 80-95, ff 96-127. Percussion (channel 10) is left out. Files that cannot be labelled are skipped with a line on standard
error; the exit code is 1 if one of them was named, or nothing of a folder could be labelled.`

/** `vgm label`. */
export const label = command({
  name: 'label',
  description: 'Label MIDI files with their key and the velocity classes of their notes.',
  arguments: [common.filesArgument],
  options,
  help,
  run
})

async function run(
  paths: readonly string[],
  flags: Values<typeof options>,
  signal: AbortSignal
): Promise<void> {
  if (flags.out !== standardStream) await requireFolder(dirname(flags.out))
  const { labelNotes, labelRow, noteRows } = await import('@vgm/key-velocity')
  const { findMidiFiles, readAll, requireNoMiss } = await import('../inputs/midi-sources.js')
  const { readFrom } = await import('../inputs/music.js')
  const { tableOf } = await import('../terminal/table.js')
  const sources = await findMidiFiles(paths)
  const { items, missed } = await withProgress('labelling', ({ show, log }) => {
    // With percussion, so that a file of nothing else is told from an empty one.
    const reading = { ...common.midiReading(flags), log, includePercussion: true }
    const read = (file: string) => readFrom(file, reading, score => ({ file, ...labelNotes(score, flags) }))
    return readAll(sources, { read, verb: 'labelled', log, signal, onProgress: show })
  })
  const { json, notes, csv } = flags
  const text = json
    ? `${JSON.stringify(items.map(item => ({ ...item, notes: notes ? noteRows(item) : undefined })))}\n`
    : await tableOf(
        items.flatMap(item => rowsOf(item, notes ? noteRows(item) : [labelRow(item)])),
        csv
      )
  await writeOutput(flags.out, text)
  requireNoMiss(missed, 'labelled')
}

const rowsOf = ({ file }: { readonly file: string }, rows: readonly Row[]) =>
  rows.map(row => ({ file, ...row }))
