import { dirname } from 'node:path'
import type { Piece } from '@vgm/dataset/node'
import type { ParseOptions } from '@vgm/encoding'
import { Command, Option } from 'commander'
import {
  durationsOption,
  maxBytesOption,
  midiReading,
  strictOption,
  tempoOption,
  type WordFlags
} from '../flags/midi-options.js'
import { jsonOption } from '../flags/options.js'
import { requireFolder } from '../flags/output.js'
import { standardStream, writeOutput } from '../terminal/files.js'

interface EncodeFlags extends WordFlags {
  readonly out: string
  readonly ids?: boolean
  readonly sustain: NonNullable<ParseOptions['sustain']>
  readonly percussion?: boolean
  readonly trimStart?: boolean
  readonly json?: boolean
}

const examples = `
Examples:
  vgm encode tune.mid                             prints t_120 v_76 d_whole_0 n_50 n_54 n_57 …
  vgm encode *.mid --out pieces.txt               one piece per line
  vgm encode music --out pieces.txt               every MIDI file of a folder, subfolders included
  vgm encode tune.mid | vgm decode - --out again.mid

Files that cannot be read are skipped with a line on standard error; the exit code is 1 if one of them was named, or nothing
of a folder could be read.`

/** `vgm encode`. */
export function encodeCommand(): Command {
  return new Command('encode')
    .description('Encode MIDI files as words, one piece per line.')
    .argument('<file...>', 'MIDI files or folders of them; - is standard input')
    .option('--out <file>', 'text file to write; - is standard output', '-')
    .option('--ids', "print each word's number instead")
    .addOption(
      new Option('--sustain <how>', 'whether notes sound on while the pedal is down')
        .choices(['extend', 'ignore'])
        .default('ignore')
    )
    .option('--percussion', 'keep the notes of channel 10')
    .option('--trim-start', 'leave out empty bars before the first note')
    .addOption(durationsOption())
    .addOption(tempoOption())
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(paths: readonly string[], flags: EncodeFlags): Promise<void> {
  if (flags.out !== standardStream) await requireFolder(dirname(flags.out))
  const [{ toText, toWords }, { readPiece }, { findMidiFiles, readEach, requireNoMiss }] = await Promise.all([
    import('@vgm/encoding'),
    import('../inputs/music.js'),
    import('../inputs/midi-sources.js')
  ])
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const { sustain, trimStart = false, percussion = false } = flags
  const options = { ...midiReading(flags), sustain, trimStart, includePercussion: percussion, log }
  const pieces: Piece[] = []
  const missed: string[] = []
  const reading = {
    read: (file: string) => readPiece(file, options),
    verb: 'encoded',
    log,
    onMiss: (path: string) => missed.push(path)
  }
  for await (const piece of readEach(await findMidiFiles(paths), reading)) pieces.push(piece)
  const text = flags.json
    ? `${JSON.stringify(pieces.map(({ file, ids }) => ({ file, ...(flags.ids ? { ids: [...ids] } : { words: toWords(ids) }) })))}\n`
    : pieces.map(({ ids }) => (flags.ids ? `${ids.join(' ')}\n` : toText(ids))).join('')
  await writeOutput(flags.out, text)
  requireNoMiss(missed, 'encoded')
}
