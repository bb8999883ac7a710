import { dirname } from 'node:path'
import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { requireFolder } from '../flags/output.js'
import { on, oneOf, text, type Values } from '../flags/values.js'
import { standardStream, writeOutput } from '../terminal/files.js'
import { log } from '../terminal/text.js'

const options = {
  out: text('file', 'text file to write; - is standard output', { default: '-' }),
  ids: on("print each word's number instead"),
  sustain: oneOf('how', ['extend', 'ignore'], 'whether notes sound on while the pedal is down', {
    default: 'ignore'
  }),
  percussion: on('keep the notes of channel 10'),
  trimStart: on('leave out empty bars before the first note'),
  ...common.wordFlags,
  json: common.json
}

const help = `
Examples:
  vgm encode tune.mid                             prints t_120 v_76 d_whole_0 n_50 n_54 n_57 …
  vgm encode music --out pieces.txt               every MIDI file of a folder, subfolders included
  vgm encode tune.mid | vgm decode - --out again.mid

Files that cannot be read are skipped with a line on standard error; the exit code is 1 if one of them was named, or nothing
of a folder could be read.`

/** `vgm encode`. */
export const encode = command({
  name: 'encode',
  description: 'Encode MIDI files as words, one piece per line.',
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
  const { toText, toWords } = await import('@vgm/encoding')
  const { readPiece } = await import('../inputs/music.js')
  const { findMidiFiles, readAll, requireNoMiss } = await import('../inputs/midi-sources.js')
  const { sustain, trimStart = false, percussion = false } = flags
  const reading = { ...common.midiReading(flags), sustain, trimStart, includePercussion: percussion, log }
  const read = (file: string) => readPiece(file, reading)
  const { items, missed } = await readAll(await findMidiFiles(paths), { read, verb: 'encoded', log, signal })
  const data = items.map(({ file, ids }) => ({
    file,
    ...(flags.ids ? { ids: [...ids] } : { words: toWords(ids) })
  }))
  const lines = items.map(({ ids }) => (flags.ids ? `${ids.join(' ')}\n` : toText(ids)))
  await writeOutput(flags.out, flags.json ? `${JSON.stringify(data)}\n` : lines.join(''))
  requireNoMiss(missed, 'encoded')
}
