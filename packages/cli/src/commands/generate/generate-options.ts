import { sampling } from '@vgm/composer/defaults'
import * as common from '../../flags/options.js'
import { integer, number, off, on, text, type Values } from '../../flags/values.js'

/** The options of `vgm generate`. */
export const options = {
  out: text('path', 'MIDI file or folder to write; - is standard output (default: vgm-<seed>.mid)'),
  model: text(
    'dir',
    'model folder; transformer (follows plans) and pretrained (can be steered) are shipped (default: transformer, or pretrained where an option needs it)'
  ),
  count: integer('n', 'how many pieces; more than one go into a folder', { max: 10_000, default: 1 }),
  only: integer('n', 'compose piece n of --count alone: the same file as among all'),
  bars: integer('n', 'bars of the piece, 4 to 64, those of a prime not counted (default: 32)', {
    min: 4,
    max: 64
  }),
  plan: text('file', 'what the piece does bar by bar, as vgm describe prints it; - is standard input'),
  bestOf: integer('n', 'compose n candidates and keep the one that follows its plan best (default: 2)', {
    max: 64
  }),
  guidance: number('x', 'how strongly to insist on the plan; 0 does not (default: 1)', {
    range: 'of at least 0'
  }),
  tempo: number('bpm', 'quarter notes per minute, 24 to 160 (default: as the model likes)'),
  words: integer('n', 'compose this many words, then end the piece (default: the model ends it)'),
  temperature: number(
    'x',
    `how daring: below 1 is safer, above 1 wilder, 0 takes the likeliest word (default: 1; pretrained ${sampling.temperature})`,
    { range: 'of at least 0' }
  ),
  topK: integer('n', 'draw only among the n likeliest words'),
  topP: number('p', 'draw only among the likeliest words that together reach this probability', {
    range: 'above 0, at most 1'
  }),
  ...common.steering,
  prime: text('file', 'MIDI file that every piece begins with and continues; - is standard input'),
  withoutPrime: on('write only what comes after the prime'),
  transpose: integer(
    'n',
    'semitones to move the pieces by, -24 to 24 (default: the seed decides; 0 with a prime, and for pretrained without --sentiment)',
    { min: -24, max: 24 }
  ),
  grammar: off('also allow words that make no sense where they stand'),
  seed: common.seedOf('by chance, and printed'),
  engine: common.engine,
  precision: common.precision,
  ...common.midiFlags,
  json: common.json
}

/** What is asked for, and which pieces of the seed's series. */
export interface Composing {
  readonly flags: Values<typeof options>
  /** The model's name. */
  readonly name: string
  readonly count: number
  readonly first: number
  readonly seed: number
  readonly signal: AbortSignal
}
