import { defaultTrainSettings, type TrainSettings } from '../training/train-settings.js'

/** What decides how a training run reads its music. */
export interface TrainingPlan extends Pick<TrainSettings, 'epochs' | 'warmUpSteps'> {
  /** The parts of the music that are read side by side. */
  readonly batch: number
  /** The words of each part that are read in one step. */
  readonly window: number
}

/** Settings of a run; what is missing is planned. */
export type GivenSettings = Partial<TrainSettings & Pick<TrainingPlan, 'batch' | 'window'>>

/** How much music there is. */
export interface MusicSize {
  readonly words: number
  /** The parts that are read one after another. */
  readonly shards: number
}

/** From the most to the fewest words in a step. */
const shapes = [
  [32, 256],
  [32, 128],
  [16, 128],
  [8, 128],
  [8, 64],
  [4, 64],
  [4, 32],
  [2, 32],
  [2, 16],
  [1, 16]
] as const

/** So many steps an epoch are aimed at. */
const stepsAnEpoch = 40
/** Fewer steps than these teach a fresh model little. */
const leastSteps = 800
/** The share of a run in which the learning rate rises. */
const warmUp = 0.1

/** The number of steps in an epoch, about: each shard ends with its last whole window. */
export function stepsPerEpoch(
  { words, shards }: MusicSize,
  { batch, window }: Pick<TrainingPlan, 'batch' | 'window'>
): number {
  return shards * Math.floor(Math.floor(words / shards / batch) / window)
}

/**
 * Settings that suit the amount of music: steps small enough that an epoch has many of them, epochs enough for a run of 800
 * steps, and a learning rate that rises over a tenth of the run, at most 100 steps. Given settings stay.
 */
export function planTraining(music: MusicSize, given: GivenSettings): TrainingPlan {
  const candidates = shapes.map(([batch, window]) => ({
    batch: given.batch ?? batch,
    window: given.window ?? window
  }))
  const shape = candidates.find(each => stepsPerEpoch(music, each) >= stepsAnEpoch) ?? candidates.at(-1)!
  const steps = Math.max(1, stepsPerEpoch(music, shape))
  const epochs = given.epochs ?? Math.max(defaultTrainSettings.epochs, Math.ceil(leastSteps / steps))
  const rising = Math.min(defaultTrainSettings.warmUpSteps, Math.round(warmUp * epochs * steps))
  return { ...shape, epochs, warmUpSteps: given.warmUpSteps ?? rising }
}
