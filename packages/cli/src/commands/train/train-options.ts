import * as common from '../../flags/options.js'
import { integer, number, off, on, oneOf, text, type Values } from '../../flags/values.js'

const share = { range: 'from 0 to below 1' } as const

/** The options of `vgm train`. */
export const trainOptions = {
  out: text('model', 'model folder to write', { isRequired: true }),
  valid: text('dir', 'folder of MIDI files to validate on: keeps the best model on these, not the last'),
  init: text('model', 'model folder whose weights to begin with; pretrained is the shipped one'),
  units: integer('n', 'units of the LSTM: more learn more, and slower (default: 256)'),
  embedding: integer('n', 'numbers that stand for a word (default: 64)'),
  epochs: integer('n', 'how many times the music is read (default: 4, more where there is little music)'),
  batch: integer('n', 'streams of music read side by side (default: 32, fewer where there is little music)'),
  window: integer(
    'n',
    'words after which the gradient is cut (default: 256, fewer where there is little music)'
  ),
  learningRate: number('x', 'how far a step moves the weights at first; it falls to 0 (default: 0.004)'),
  patience: integer(
    'n',
    'stop after so many epochs without improvement on --valid; 0 never stops (default: 3)',
    {
      min: 0
    }
  ),
  dropout: number('p', 'share of the hidden state left out on its way to the prediction (default: 0)', share),
  recurrentDropout: number('p', 'the same, on its way to the next time step (default: 0)', share),
  embeddingDropout: number('p', 'the same, of the numbers that stand for a word (default: 0)', share),
  weightDecay: number(
    'x',
    'shrink the weights by this share of the learning rate in every step (default: 0)',
    share
  ),
  transpose: integer('n', 'move each piece by up to so many semitones, anew in every epoch (default: 4)', {
    min: 0,
    max: 12
  }),
  augment: off('learn the pieces as they are: neither transposed nor stretched'),
  resume: on('go on with the run in the model folder; with --epochs, beyond its end, too'),
  precision: oneOf('type', ['f16', 'f32'], 'how weights are stored: f16 halves the file (default: f32)'),
  license: text(
    'text',
    'terms of use to note in the model (default: those of the training data and of --init)'
  ),
  seed: common.seedOf('0'),
  engine: common.engine,
  ...common.wordFlags,
  json: common.json
}

export type TrainFlags = Values<typeof trainOptions>
