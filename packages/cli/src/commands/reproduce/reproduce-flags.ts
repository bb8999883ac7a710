import * as common from '../../flags/options.js'
import { integer, number, on, text, texts } from '../../flags/values.js'

/** The options of `vgm reproduce sentiment`. */
export const reproduceOptions = {
  models: texts('name', 'model folders; pretrained is the shipped one', ['pretrained']),
  quick: on('fewer folds, one C, no permuted labels, a small baseline: a minute or two'),
  folds: integer('n', 'folds of the validation (default: 10; 5 with --quick)', { min: 2, max: 1000 }),
  repeats: integer('n', 'how often the folds are dealt (default: 3; 1 with --quick)', { max: 1000 }),
  c: number('x', 'weight of the examples against the penalty (default: by validation; 0.03 with --quick)'),
  baselineUnits: integer('n', 'units of the supervised mLSTM (default: 128; 64 with --quick)', {
    max: 16_384
  }),
  out: text('folder', 'folder to write sentiment.json and sentiment.md to, as well'),
  seed: common.seedOf('0'),
  engine: common.engine,
  json: common.json
}
