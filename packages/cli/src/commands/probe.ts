import { dirname } from 'node:path'
import { Command, Option } from 'commander'
import { CommandError } from '../errors.js'
import { kindOf, writeOutput } from '../files.js'
import { interruptible } from '../interrupt.js'
import type { EngineChoice } from '../open-engine.js'
import { engineOption, integer, jsonOption, positive, seedOption } from '../options.js'
import { withProgress } from '../progress.js'
import type { FeatureKind } from '../sentiment-features.js'

interface ProbeFlags {
  readonly out?: string
  readonly features: FeatureKind
  readonly c?: number
  readonly folds: number
  readonly repeats: number
  readonly permutations: number
  readonly seed?: number
  readonly engine: EngineChoice
  readonly json?: boolean
}

const examples = `
Examples:
  vgm probe my-model vgmidi-0.1                        writes my-model/probes/valence.json
  vgm probe pretrained labels.csv --out valence.json
  vgm probe pretrained vgmidi-0.1 --features descriptors --out music.json

Labels are CSV files with the columns label (1 or -1), id (of the piece) and filepath (of a phrase's MIDI file, from the CSV
file's folder on and within it, with or without .mid), as vgm dataset summarize writes them, or a folder that holds VGMIDI 0.1. The probe is validated twice before it is fitted to all phrases: with folds over phrases, as the paper
does it, and with folds over whole pieces, which no phrase of a known piece can flatter.`

/** `vgm probe`. */
export function probeCommand(): Command {
  return new Command('probe')
    .description('Find the units of a model that tell positive music from negative.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .argument('<labels...>', 'CSV files of labelled phrases, or the folder of VGMIDI 0.1')
    .option(
      '--out <file>',
      'file to write (default: probes/valence.json in the model folder; needed for pretrained)'
    )
    .addOption(
      new Option('--features <kind>', "the model's states, musical descriptors, or both")
        .choices(['states', 'descriptors', 'both'])
        .default('states')
    )
    .option(
      '--c <x>',
      'weight of the examples against the penalty (default: chosen by validation)',
      positive()
    )
    .option('--folds <n>', 'of the validation', integer(2, 1000), 10)
    .option('--repeats <n>', 'how often the folds are dealt', integer(1, 1000), 1)
    .option('--permutations <n>', 'validations with permuted labels, for comparison', integer(0, 1000), 0)
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((model: string, labels: readonly string[], flags: ProbeFlags) =>
      interruptible(signal => run(model, labels, flags, signal))
    )
}

async function run(
  name: string,
  labels: readonly string[],
  flags: ProbeFlags,
  signal: AbortSignal
): Promise<void> {
  const [
    { fitSentiment },
    { probePath, readPhrases },
    { openEngine },
    { openModel },
    { requireWritable },
    { alignedTable }
  ] = await Promise.all([
    import('../fit-sentiment.js'),
    import('../sentiment-features.js'),
    import('../open-engine.js'),
    import('../open-model.js'),
    import('../output.js'),
    import('../table.js')
  ])
  const model = await openModel(name)
  if (flags.out === undefined && (await kindOf(name)) !== 'folder') {
    throw new CommandError(`${name}: is no folder to keep a probe in; name a file with --out`)
  }
  const out = flags.out ?? probePath(name, 'valence')
  await requireWritable(dirname(out))
  const phrases = await readPhrases(labels)
  const engine = await openEngine(flags.engine)
  const { folds, repeats, permutations, seed = 0, c, features } = flags
  const { text, report, rows } = await withProgress({ title: 'probing' }, progress =>
    fitSentiment(model, phrases, {
      kind: features,
      effort: { folds, repeats, permutations, seed, ...(c !== undefined && { Cs: [c] }) },
      engine,
      signal,
      onProgress: progress.update
    })
  )
  await writeOutput(out, text)
  const remark =
    report.neurons > 0 ? '' : 'It found nothing to go by: it always says the more frequent kind.\n'
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ out, ...report })}\n`
      : `${alignedTable(rows)}${remark}wrote ${out}: ${report.neurons} of ${report.columns} columns, C ${report.C}\n`
  )
}
