import { Command } from 'commander'
import { engineOption, integer, jsonOption, positive, seedOption } from '../../flags/options.js'
import { interruptible } from '../../terminal/interrupt.js'
import type { ReproduceFlags } from './run-reproduce.js'

const examples = `
Examples:
  vgm reproduce sentiment vgmidi-0.1
  vgm reproduce sentiment vgmidi-0.1 --quick
  vgm reproduce sentiment vgmidi-0.1 --models pretrained my-model --out results

Everything is validated twice: with folds over phrases, as the paper does it, and with folds over whole pieces. The supervised
mLSTM is the paper's baseline: trained on the labelled phrases of the other folds alone, on the first deal of the folds.`

/** `vgm reproduce`. */
export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description("Compute the project's published figures again.")
    .addCommand(sentimentCommand())
}

function sentimentCommand(): Command {
  return new Command('sentiment')
    .description(
      'Measure how well positive music is told from negative: probes on states, on descriptors, and the baseline.'
    )
    .argument('<data>', 'folder of VGMIDI 0.1, or a CSV file of labelled phrases')
    .option('--models <name...>', 'model folders; pretrained is the shipped one', ['pretrained'])
    .option('--quick', 'fewer folds, one C, no permuted labels, a small baseline: a minute or two')
    .option('--folds <n>', 'folds of the validation (default: 10; 5 with --quick)', integer(2, 1000))
    .option('--repeats <n>', 'how often the folds are dealt (default: 3; 1 with --quick)', integer(1, 1000))
    .option(
      '--c <x>',
      'weight of the examples against the penalty (default: chosen by validation; 0.03 with --quick)',
      positive()
    )
    .option(
      '--baseline-units <n>',
      'units of the supervised mLSTM (default: 128; 64 with --quick)',
      integer(1, 16_384)
    )
    .option('--out <folder>', 'folder to write sentiment.json and sentiment.md to, as well')
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((data: string, flags: ReproduceFlags) =>
      interruptible(async signal => {
        const { runReproduceSentiment } = await import('./run-reproduce.js')
        await runReproduceSentiment(data, flags, signal)
      })
    )
}
