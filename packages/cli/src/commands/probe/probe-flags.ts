import type { FeatureKind, Half } from '@vgm/emotion'
import type { Penalty } from '@vgm/probe'
import * as common from '../../flags/options.js'
import { integer, number, oneOf, text, type Values } from '../../flags/values.js'

const kinds = ['states', 'tanh', 'mean', 'descriptors', 'both'] as const satisfies FeatureKind[]
const penalties = ['l1', 'l2', 'elastic-net'] as const satisfies Penalty[]
const halves = ['first', 'second'] as const satisfies Half[]

/** The options of `vgm probe`. */
export const probeOptions = {
  out: text(
    'file',
    'file to write (default: in probes of the model folder, named by what it is; needed for pretrained)'
  ),
  features: oneOf(
    'kind',
    kinds,
    "the model's final states, their tanh, the states' mean over time, musical descriptors, or both states and descriptors",
    { default: 'states' }
  ),
  penalty: oneOf('kind', penalties, 'l1 uses few columns, l2 all, elastic-net is between', { default: 'l1' }),
  c: number('x', 'weight of the examples against the penalty (default: chosen by validation)'),
  half: oneOf('which', halves, 'learn from one half of the pieces, and report on the other, too'),
  teacher: text('probe', 'a probe of the model, or a file, whose judgement of music is learnt'),
  phrases: integer('n', 'most phrases that are drawn from a piece for the teacher (default: 10)'),
  folds: integer('n', 'folds of the validation', { min: 2, max: 1000, default: 10 }),
  repeats: integer('n', 'how often the folds are dealt', { max: 1000, default: 1 }),
  permutations: integer('n', 'validations with permuted labels, for comparison', {
    min: 0,
    max: 1000,
    default: 0
  }),
  seed: common.seedOf('0'),
  engine: common.engine,
  json: common.json
}

export type ProbeFlags = Values<typeof probeOptions>
