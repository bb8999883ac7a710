import type { Checkpoint, TrainSettings } from './checkpoint.js'
import { InvalidOptionError, requireInteger, requirePositive } from './errors.js'
import type { ModelConfig } from './types.js'

/** The settings of a run that names none. */
export const defaultTrainSettings: TrainSettings = {
  epochs: 4,
  lanes: 32,
  window: 256,
  learningRate: 4e-3,
  warmUpSteps: 100,
  maxNorm: 1,
  patience: 3,
  weightDecay: 0,
  embeddingDropout: 0,
  recurrentDropout: 0,
  outputDropout: 0,
  seed: 0
}

const names = Object.keys(defaultTrainSettings) as (keyof TrainSettings)[]

/** The given settings completed, by a checkpoint's if one is resumed, and checked. */
export function resolveSettings(given: Partial<TrainSettings>, resume?: Checkpoint): TrainSettings {
  const base = resume?.settings ?? defaultTrainSettings
  for (const name of resume === undefined ? [] : names) {
    const value = given[name]
    if (value === undefined || value === base[name]) continue
    throw new InvalidOptionError(
      `train.${name}`,
      `${base[name]}, as in the checkpoint that is resumed`,
      value
    )
  }
  const settings = Object.fromEntries(names.map(name => [name, given[name] ?? base[name]])) as TrainSettings
  requireInteger('train.epochs', settings.epochs, 1)
  requireInteger('train.lanes', settings.lanes, 1)
  requireInteger('train.window', settings.window, 1)
  requirePositive('train.learningRate', settings.learningRate)
  requireInteger('train.warmUpSteps', settings.warmUpSteps, 0)
  requirePositive('train.maxNorm', settings.maxNorm)
  requireInteger('train.patience', settings.patience, 0)
  for (const name of ['embeddingDropout', 'recurrentDropout', 'outputDropout', 'weightDecay'] as const) {
    if (settings[name] >= 0 && settings[name] < 1) continue
    throw new InvalidOptionError(`train.${name}`, 'a number from 0 to below 1', settings[name])
  }
  return settings
}

/** Throws unless sizes and data are those that the checkpoint was made with. */
export function requireSameRun(config: ModelConfig, pieces: number, resume: Checkpoint): void {
  for (const name of ['vocabularySize', 'embedding', 'units'] as const) {
    const expected = resume.config[name]
    if (config[name] === expected) continue
    throw new InvalidOptionError(`train.config.${name}`, `${expected}, as in the checkpoint`, config[name])
  }
  if (pieces === resume.pieces) return
  throw new InvalidOptionError('train.data', `${resume.pieces} pieces, as in the checkpoint`, pieces)
}
