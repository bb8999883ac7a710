import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import {
  durationsOption,
  maxBytesOption,
  midiReading,
  strictOption,
  tempoOption,
  type WordFlags
} from '../../flags/midi-options.js'
import { given, integer, jsonOption, seedOption } from '../../flags/options.js'
import { ContentError, InterruptedError, problemOf, UsageError } from '../../terminal/errors.js'
import { interruptible } from '../../terminal/interrupt.js'
import { warningLine } from '../../terminal/warning-line.js'

interface EncodeFlags extends WordFlags {
  readonly out: string
  readonly shards: number
  readonly augment: Augmentation
  readonly threads?: number
  readonly seed?: number
  readonly resume?: boolean
  readonly json?: boolean
}

interface Augmentation {
  readonly transpositions: number
  readonly tempos: number
}

const examples = `
Examples:
  vgm dataset encode music --out shards                      every file once
  vgm dataset encode music --augment 7x11 --shards 3 --out shards
  vgm train shards --epochs 1 --out my-model

7x11 are the paper's 77 variants: transposed by -3 to 3 semitones, with 11 tempos from 95 % to 105 %. Files that cannot be
read are left out and listed. Ctrl-C keeps the shards that are complete; --resume goes on with the next.`

/** `vgm dataset encode`. */
export function datasetEncodeCommand(): Command {
  return new Command('encode')
    .description('Encode a folder of MIDI files, with variants, into shards that vgm train reads.')
    .argument('<dir>', 'folder of MIDI files, subfolders included')
    .requiredOption('--out <folder>', 'where the shards go')
    .option('--shards <n>', 'how many files the pieces are spread over', integer(1, 9999), 1)
    .addOption(
      new Option('--augment <TxS>', 'T transpositions around 0 with each of S tempos around 100 %, both odd')
        .argParser(augmentation)
        .default({ transpositions: 1, tempos: 1 }, '1x1')
    )
    .option('--threads <n>', 'worker threads, 0 for none (default: one per core)', integer(0, 256))
    .option('--resume', 'go on where an encoding into this folder was stopped')
    .addOption(seedOption('0'))
    .addOption(durationsOption())
    .addOption(tempoOption())
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((dir: string, flags: EncodeFlags) => interruptible(signal => run(dir, flags, signal)))
}

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

async function run(dir: string, flags: EncodeFlags, signal: AbortSignal): Promise<void> {
  const [
    { words: tokenizer },
    { encodeShards, findInFolder, readManifest },
    { kindOf },
    { passedOverLine },
    { requireWritable },
    { withProgress }
  ] = await Promise.all([
    import('@vgm/encoding'),
    import('@vgm/dataset/node'),
    import('../../terminal/files.js'),
    import('../../inputs/midi-sources.js'),
    import('../../flags/output.js'),
    import('../../terminal/progress.js')
  ])
  const { out, shards, augment, threads, seed = 0, resume = false, json } = flags
  if (resolve(out) === resolve(dir)) {
    throw new UsageError(`${out}: shards go into a folder of their own, not into that of the music`)
  }
  if (!resume && (await kindOf(join(out, 'shards.json'))) !== 'none') {
    throw new UsageError(`${out}: holds shards already; go on with --resume, or choose another --out`)
  }
  await requireWritable(out)
  const source = await findInFolder(dir)
  const note = passedOverLine(dir, source.passedOver)
  if (note !== undefined) process.stderr.write(`${note}\n`)
  const manifest = await withProgress({ title: 'encoding' }, progress =>
    encodeShards(source.files, out, {
      tokenizer,
      shards,
      transpositions: around(augment.transpositions, 1),
      tempoFactors: around(augment.tempos, 0.1 / (augment.tempos - 1)).map(change => 1 + change),
      seed,
      ...given({ threads }),
      resume,
      signal,
      reading: { ...midiReading(flags), trimStart: true },
      onWarnings: (file, warnings) => progress.log(warningLine(file, warnings)),
      onProgress: ({ done, total = done, unit }) =>
        progress.update(done / total, `${done} of ${total} ${unit}`)
    })
  ).catch(async (error: unknown) => {
    if (error !== signal.reason) throw error
    return readManifest(out)
  })
  if (manifest === undefined) throw signal.reason
  for (const { file, reason } of manifest.skipped) {
    process.stderr.write(`skipped ${file}: ${problemOf(new ContentError(reason))}\n`)
  }
  const written = manifest.shards.filter(shard => shard !== null)
  if (signal.aborted) {
    const state = `${written.length} of ${shards} shards are written`
    throw new InterruptedError(`stopped; ${state}, and the same command with --resume goes on from there`)
  }
  const pieces = written.reduce((total, shard) => total + shard.pieces, 0)
  const words = written.reduce((total, shard) => total + shard.words, 0)
  const { files: encoded, skipped } = manifest
  process.stdout.write(
    json
      ? `${JSON.stringify({ out, shards, pieces, words, files: encoded, skipped })}\n`
      : `wrote ${out}: ${pieces} pieces, ${words} words, from ${encoded} files; ${skipped.length} skipped\n`
  )
}

/** `count` numbers, an odd count, around 0 at the given distance. */
function around(count: number, distance: number): number[] {
  const half = (count - 1) / 2
  return Array.from({ length: count }, (_, index) => (index === half ? 0 : (index - half) * distance))
}
