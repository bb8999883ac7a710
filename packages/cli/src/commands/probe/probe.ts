import type { FeatureKind, Half } from '@vgm/emotion'
import { Command, Option } from 'commander'
import { engineOption, integer, jsonOption, positive, seedOption } from '../../flags/options.js'
import { interruptible } from '../../terminal/interrupt.js'
import type { ProbeFlags } from './run-probe.js'

const examples = `
Examples:
  vgm probe my-model vgmidi-0.1                        writes my-model/probes/valence.json
  vgm probe pretrained labels.csv --out valence.json
  vgm probe my-model vgmidi-0.1 --features descriptors --half first
                                                       writes my-model/probes/music-first.json
  vgm probe my-model music --teacher music-first       writes my-model/probes/valence-distilled.json

Labels are CSV files with the columns label (1 or -1), id (of the piece) and filepath (of a phrase's MIDI file, from the CSV
file's folder on and within it, with or without .mid), as vgm dataset summarize writes them, or a folder that holds VGMIDI 0.1.
The probe is validated twice before it is fitted to all phrases: with folds over phrases, as the paper does it, and with folds
over whole pieces, so that no piece is in both parts.

With --teacher no labels are needed: phrases of four bars are drawn from folders of MIDI files, another probe judges them, and
the third that it finds the most positive and the third that it finds the most negative are what is learnt.`

/** `vgm probe`. */
export function probeCommand(): Command {
  return new Command('probe')
    .description('Find the units of a model that tell positive music from negative.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .argument(
      '<labels...>',
      'CSV files of labelled phrases, or the folder of VGMIDI 0.1; with --teacher, folders of MIDI files'
    )
    .option(
      '--out <file>',
      'file to write (default: in probes of the model folder, named by what it is; needed for pretrained)'
    )
    .addOption(
      new Option(
        '--features <kind>',
        "the model's final states, their tanh, the states' mean over time, musical descriptors, or both states and descriptors"
      )
        .choices(['states', 'tanh', 'mean', 'descriptors', 'both'] satisfies FeatureKind[])
        .default('states')
    )
    .addOption(
      new Option('--penalty <kind>', 'l1 uses few columns, l2 all, elastic-net is between')
        .choices(['l1', 'l2', 'elastic-net'])
        .default('l1')
    )
    .option(
      '--c <x>',
      'weight of the examples against the penalty (default: chosen by validation)',
      positive()
    )
    .addOption(
      new Option('--half <which>', 'learn from one half of the pieces, and report on the other, too').choices(
        ['first', 'second'] satisfies Half[]
      )
    )
    .option('--teacher <probe>', 'a probe of the model, or a file, whose judgement of music is learnt')
    .option(
      '--phrases <n>',
      'most phrases that are drawn from a piece for the teacher (default: 10)',
      integer(1)
    )
    .option('--folds <n>', 'folds of the validation', integer(2, 1000), 10)
    .option('--repeats <n>', 'how often the folds are dealt', integer(1, 1000), 1)
    .option('--permutations <n>', 'validations with permuted labels, for comparison', integer(0, 1000), 0)
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(async (model: string, labels: readonly string[], flags: ProbeFlags) => {
      const { runProbe } = await import('./run-probe.js')
      return interruptible(signal => runProbe(model, labels, flags, signal))
    })
}
