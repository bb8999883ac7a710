import { command, group } from '../../flags/command.js'
import { reproduceOptions } from './reproduce-flags.js'

const help = `
Examples:
  vgm reproduce sentiment vgmidi-0.1 --quick
  vgm reproduce sentiment vgmidi-0.1 --models pretrained my-model --out results

Everything is validated twice: with folds over phrases, as the paper does it, and with folds over whole pieces. The supervised
mLSTM is the paper's baseline: trained on the labelled phrases of the other folds alone, on the first deal of the folds.`

const sentiment = command({
  name: 'sentiment',
  description:
    'Measure how well positive music is told from negative: probes on states, on descriptors, and the baseline.',
  arguments: [['<data>', 'folder of VGMIDI 0.1, or a CSV file of labelled phrases']],
  options: reproduceOptions,
  help,
  run: async (...given) => (await import('./run-reproduce.js')).runReproduceSentiment(...given)
})

/** `vgm reproduce`. */
export const reproduce = group('reproduce', "Compute the project's published figures again.", [sentiment])
