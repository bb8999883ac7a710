import type { SearchMethod } from '@vgm/composer'
import { searchDefaults } from '@vgm/composer/defaults'
import { InvalidArgumentError } from 'commander'
import * as common from '../../flags/options.js'
import { integer, number, on, oneOf, text, type Values, value } from '../../flags/values.js'
import { UsageError } from '../../terminal/errors.js'

/** The options of `vgm steer`. */
export const steerOptions = {
  target: value('t', 'positive, negative, or a probability of being positive', target, { isRequired: true }),
  out: text(
    'file',
    'file to write (default: steering/<target>.json in the model folder; needed for pretrained)'
  ),
  probe: text('name', 'the probe that judges the pieces: a name in the model folder, or a file', {
    default: 'music'
  }),
  method: oneOf('name', ['gradient', 'genetic'], 'how to search', { default: 'gradient' }),
  neurons: text(
    'probe',
    'steer only the units that this probe reads (default: all; genetic: those of --probe, which must read states)'
  ),
  music: text(
    'dir',
    'folder of real music whose ranges pieces keep to (default: what the model composes unsteered)'
  ),
  penalty: number('x', 'what leaving these ranges costs; 0: nothing', {
    range: 'of at least 0',
    default: 0.5
  }),
  steps: integer('n', 'steps, or generations (default: 40; genetic: 100)'),
  pieces: integer('n', 'pieces per step (default: 256; genetic: 30 per individual)'),
  words: integer('n', 'words per piece', { default: 256 }),
  learningRate: number('x', 'gradient: how far offsets move at the first step (default: 0.004)'),
  population: integer('n', 'genetic: individuals (default: 100)', { min: 2 }),
  mode: oneOf('m', ['add', 'set'], 'genetic: add to the units, or set them (default: add)'),
  range: number('x', 'genetic: genes are from -x to x (default: 2)'),
  resume: on('go on with a search that was stopped'),
  seed: common.seedOf('0'),
  engine: common.engine,
  precision: common.precision,
  json: common.json
}

export type SteerFlags = Values<typeof steerOptions>

function target(text: string): { readonly name: string; readonly probability: number } {
  if (text === 'positive') return { name: text, probability: 1 }
  if (text === 'negative') return { name: text, probability: 0 }
  const probability = Number(text)
  if (text.trim() !== '' && probability >= 0 && probability <= 1) return { name: text.trim(), probability }
  throw new InvalidArgumentError('Expected positive, negative or a number from 0 to 1.')
}

/**
 * How to search, with all defaults.
 *
 * @throws {UsageError} for an option of the other method.
 */
export function methodOf({ method, population, mode, range, learningRate }: SteerFlags): SearchMethod {
  const foreign = method === 'genetic' ? { 'learning-rate': learningRate } : { population, mode, range }
  const [given] = Object.entries(foreign).find(([, value]) => value !== undefined) ?? []
  if (given !== undefined) {
    throw new UsageError(`--${given} is for --method ${method === 'genetic' ? 'gradient' : 'genetic'}`)
  }
  const { gradient, genetic } = searchDefaults
  if (method === 'gradient') return { name: method, learningRate: learningRate ?? gradient.learningRate }
  return {
    name: method,
    population: population ?? genetic.population,
    mode: mode ?? genetic.mode,
    range: range ?? genetic.range
  }
}
