import { InvalidOptionError, requireInteger, requireOneOf, requirePositive } from '@vgm/base'
import type { TrainableArchitecture } from '../architecture.js'
import type { Checkpoint } from '../storage/checkpoint.js'
import type { BatchSource } from './batches/source.js'

/** What decides a training run, besides the data: two runs with the same settings give the same weights. */
export interface TrainSettings {
  /** Walks through the data. */
  readonly epochs: number
  /** How far Adam moves a weight at most; it falls linearly to 0 at the end of the run. */
  readonly learningRate: number
  /** Steps over which the learning rate rises. */
  readonly warmUpSteps: number
  /** The largest joint norm of the gradients. */
  readonly maxNorm: number
  /** Ends the run after so many epochs in a row that were not the best in validation; 0 never does. */
  readonly patience: number
  /** How much each step takes off the matrices, as a share of the learning rate, in `[0, 1)`. */
  readonly weightDecay: number
  /** Shares that are left out, each in `[0, 1)`, by the names of the architecture's `dropouts`. */
  readonly dropout: Readonly<Record<string, number>>
  /** Decides the first weights, the order of the pieces, and what is left out. */
  readonly seed: number
}

/** The settings of a run that names none. */
export const defaultTrainSettings: TrainSettings = {
  epochs: 4,
  learningRate: 4e-3,
  warmUpSteps: 100,
  maxNorm: 1,
  patience: 3,
  weightDecay: 0,
  dropout: {},
  seed: 0
}

const numbers = [
  'epochs',
  'learningRate',
  'warmUpSteps',
  'maxNorm',
  'patience',
  'weightDecay',
  'seed'
] as const

/** The given settings completed, by a checkpoint's if one is resumed, and checked. */
export function resolveSettings(
  given: Partial<TrainSettings>,
  { dropouts }: Pick<TrainableArchitecture<never>, 'dropouts'>,
  resume?: Checkpoint
): TrainSettings {
  const base = resume?.settings ?? defaultTrainSettings
  if (resume !== undefined) {
    for (const name of numbers) requireAgreement(name, given[name], base[name])
    for (const [name, rate] of Object.entries(given.dropout ?? {})) {
      requireAgreement(`dropout.${name}`, rate, base.dropout[name] ?? 0)
    }
  }
  const settings: TrainSettings = {
    ...base,
    ...Object.fromEntries(numbers.map(name => [name, given[name] ?? base[name]])),
    dropout: { ...base.dropout, ...given.dropout }
  }
  requireInteger('train', 'epochs', settings.epochs, 1)
  requirePositive('train', 'learningRate', settings.learningRate)
  requireInteger('train', 'warmUpSteps', settings.warmUpSteps, 0)
  requirePositive('train', 'maxNorm', settings.maxNorm)
  requireInteger('train', 'patience', settings.patience, 0)
  requireShare('weightDecay', settings.weightDecay)
  for (const [name, rate] of Object.entries(settings.dropout)) {
    requireOneOf('train', 'dropout', name, dropouts)
    requireShare(`dropout.${name}`, rate)
  }
  return settings
}

function requireAgreement(option: string, given: number | undefined, expected: number): void {
  if (given === undefined || given === expected) return
  throw new InvalidOptionError('train', option, `${expected}, as in the checkpoint that is resumed`, given)
}

function requireShare(option: string, value: number): void {
  if (value >= 0 && value < 1) return
  throw new InvalidOptionError('train', option, 'a number from 0 to below 1', value)
}

/** Throws unless architecture, sizes and data are those that the checkpoint was made with. */
export function requireSameRun<Config>(
  { format }: TrainableArchitecture<Config>,
  config: Config,
  data: BatchSource,
  resume: Checkpoint
): void {
  const sides: readonly (readonly [string, unknown, unknown])[] = [
    ['architecture', format, resume.architecture],
    ...Object.entries(config as Record<string, unknown>).map(
      ([name, value]) => [`config.${name}`, value, resume.config[name]] as const
    )
  ]
  for (const [option, given, expected] of sides) {
    if (JSON.stringify(given) === JSON.stringify(expected)) continue
    throw new InvalidOptionError('train', option, `${expected}, as in the checkpoint`, given)
  }
  for (const [name, value] of Object.entries(data.settings)) {
    requireAgreement(name, value, resume.batches[name]!)
  }
  if (data.size === resume.size) return
  throw new InvalidOptionError('train', 'data', `${resume.size} pieces, as in the checkpoint`, data.size)
}
