import { Command, InvalidArgumentError, Option } from 'commander'
import {
  engineOption,
  integer,
  jsonOption,
  number,
  positive,
  precisionOption,
  seedOption
} from '../../flags/options.js'
import { interruptible } from '../../terminal/interrupt.js'
import type { SteerFlags } from './steer-flags.js'

const examples = `
Examples:
  vgm steer my-model --target positive                 writes my-model/steering/positive.json
  vgm steer my-model --target negative --music music   stays within what the music in this folder is like
  vgm steer my-model --target 0.8 --out mild.json
  vgm steer my-model --target positive --method genetic --probe valence    the paper's search

A model needs a judge first: vgm probe my-model labels.csv --features descriptors makes the probe music.

The model composes pieces, and the probe judges them. Then a number is added to each unit of the model, step by step, until
the pieces are as positive as the target says: 1 is positive, 0 is negative. Leaving the ranges of real music (density,
silence, repetition, register, tempo, loudness) counts against a piece.

The gradient moves all units at once and takes minutes; the genetic search is that of the paper. A search that is stopped
goes on with --resume. vgm generate --sentiment composes with what was found.`

/** `vgm steer`. */
export function steerCommand(): Command {
  return new Command('steer')
    .description('Find what to add to the units of a model so that it composes positive or negative music.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .requiredOption('--target <t>', 'positive, negative, or a probability of being positive', target)
    .option(
      '--out <file>',
      'file to write (default: steering/<target>.json in the model folder; needed for pretrained)'
    )
    .option(
      '--probe <name>',
      'the probe that judges the pieces: a name in the model folder, or a file',
      'music'
    )
    .addOption(
      new Option('--method <name>', 'how to search').choices(['gradient', 'genetic']).default('gradient')
    )
    .option(
      '--neurons <probe>',
      'steer only the units that this probe reads (default: all; genetic: those of --probe, which must read states)'
    )
    .option(
      '--music <dir>',
      'folder of real music: pieces keep to its ranges of density, tempo … (default: what the model composes unsteered)'
    )
    .option('--penalty <x>', 'what leaving these ranges costs; 0: nothing', number(0), 0.5)
    .option('--steps <n>', 'steps, or generations (default: 40; genetic: 100)', integer(1))
    .option('--pieces <n>', 'pieces per step (default: 256; genetic: 30 per individual)', integer(1))
    .option('--words <n>', 'words per piece', integer(1), 256)
    .option(
      '--learning-rate <x>',
      'gradient: how far offsets move at the first step (default: 0.004)',
      positive()
    )
    .option('--population <n>', 'genetic: individuals (default: 100)', integer(2))
    .addOption(
      new Option('--mode <m>', 'genetic: add to the units, or set them (default: add)').choices([
        'add',
        'set'
      ])
    )
    .option('--range <x>', 'genetic: genes are from -x to x (default: 2)', positive())
    .option('--resume', 'go on with a search that was stopped')
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(precisionOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((model: string, flags: SteerFlags) =>
      interruptible(async signal => {
        const { steerModel } = await import('./steer-model.js')
        await steerModel(model, flags, signal)
      })
    )
}

function target(text: string): SteerFlags['target'] {
  if (text === 'positive') return { name: text, probability: 1 }
  if (text === 'negative') return { name: text, probability: 0 }
  const probability = Number(text)
  if (text.trim() !== '' && probability >= 0 && probability <= 1) return { name: text.trim(), probability }
  throw new InvalidArgumentError('Expected positive, negative or a number from 0 to 1.')
}
