import { join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { command } from '../../flags/command.js'
import * as common from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { integer, on, pick, text, type Values, value } from '../../flags/values.js'
import { passedOverLine } from '../../inputs/midi-sources.js'
import { InterruptedError, oneLine, UsageError } from '../../terminal/errors.js'
import { kindOf } from '../../terminal/files.js'
import { withProgress } from '../../terminal/progress.js'
import { log, print } from '../../terminal/text.js'

interface Augmentation {
  readonly transpositions: number
  readonly tempos: number
}

const once: Augmentation = { transpositions: 1, tempos: 1 }

const options = {
  out: text('folder', 'where the shards go', { isRequired: true }),
  shards: integer('n', 'how many files the pieces are spread over', { max: 9999, default: 1 }),
  augment: value(
    'TxS',
    'T transpositions around 0 with each of S tempos around 100 %, both odd',
    augmentation,
    { default: once, shown: '1x1' }
  ),
  threads: integer('n', 'worker threads, 0 for none (default: one per core)', { min: 0, max: 256 }),
  resume: on('go on where an encoding into this folder was stopped'),
  seed: common.seedOf('0'),
  ...common.wordFlags,
  json: common.json
}

const help = `
Examples:
  vgm dataset encode music --out shards                      every file once
  vgm dataset encode music --augment 7x11 --shards 3 --out shards
  vgm train shards --epochs 1 --out my-model

7x11 are the paper's 77 variants: transposed by -3 to 3 semitones, with 11 tempos from 95 % to 105 %. Files that cannot be
read are left out and listed. Ctrl-C keeps the shards that are complete; --resume goes on with the next.`

/** `vgm dataset encode`. */
export const encodeShards = command({
  name: 'encode',
  description: 'Encode a folder of MIDI files, with variants, into shards that vgm train reads.',
  arguments: [['<dir>', 'folder of MIDI files, subfolders included']],
  options,
  help,
  run
})

/** A parser for `commander`: two odd numbers. */
function augmentation(text: string): Augmentation {
  const [transpositions = 0, tempos = 0] = (/^(\d+)x(\d+)$/.exec(text) ?? []).slice(1).map(Number)
  if (transpositions % 2 === 1 && transpositions <= 25 && tempos % 2 === 1 && tempos <= 99) {
    return { transpositions, tempos }
  }
  throw new InvalidArgumentError(
    'Expected two odd numbers such as 9x5; at most 25 transpositions and 99 tempos.'
  )
}

async function run(dir: string, flags: Values<typeof options>, signal: AbortSignal): Promise<void> {
  const { out, shards, augment, seed = 0, resume = false, json } = flags
  const { warningLine } = await import('../../terminal/warning-line.js')
  const { words: tokenizer } = await import('@vgm/encoding')
  const { encodeShards, findInFolder, readManifest } = await import('@vgm/dataset/node')
  if (resolve(out) === resolve(dir)) {
    throw new UsageError(`${out}: shards go into a folder of their own, not into that of the music`)
  }
  if (!resume && (await kindOf(join(out, 'shards.json'))) !== 'none') {
    throw new UsageError(`${out}: holds shards already; go on with --resume, or choose another --out`)
  }
  await requireWritable(out)
  const source = await findInFolder(dir)
  const note = passedOverLine(dir, source.passedOver)
  if (note !== undefined) log(note)
  const manifest = await withProgress('encoding', ({ show, log }) =>
    encodeShards(source.files, out, {
      ...{ tokenizer, shards, seed, resume, signal, ...pick(flags, 'threads') },
      transpositions: around(augment.transpositions, 1),
      tempoFactors: around(augment.tempos, 0.1 / (augment.tempos - 1)).map(change => 1 + change),
      reading: { ...common.midiReading(flags), trimStart: true },
      onWarnings: (file, warnings) => log(warningLine(file, warnings)),
      onProgress: show
    })
  ).catch(async (error: unknown) => {
    if (error !== signal.reason) throw error
    return readManifest(out)
  })
  if (manifest === undefined) throw signal.reason
  const { files, skipped } = manifest
  for (const { file, reason } of skipped) log(`skipped ${file}: ${oneLine(reason)}`)
  const written = manifest.shards.filter(shard => shard !== null)
  if (signal.aborted) {
    const state = `${written.length} of ${shards} shards are written`
    throw new InterruptedError(`stopped; ${state}, and the same command with --resume goes on from there`)
  }
  const pieces = written.reduce((total, shard) => total + shard.pieces, 0)
  const words = written.reduce((total, shard) => total + shard.words, 0)
  const line = `wrote ${out}: ${pieces} pieces, ${words} words, from ${files} files; ${skipped.length} skipped\n`
  print(json, { out, shards, pieces, words, files, skipped }, line)
}

/** `count` numbers, an odd count, around 0 at the given distance. */
function around(count: number, distance: number): number[] {
  const half = (count - 1) / 2
  return Array.from({ length: count }, (_, index) => (index === half ? 0 : (index - half) * distance))
}
