import type { TrainSettings } from './checkpoint.js'

/**
 * The learning rate of a step: linear warm-up over the first steps, times linear decay to zero over the whole run.
 *
 * @param step Steps done so far.
 * @param progress Share of the run that is done, in `[0, 1)`.
 */
export function learningRateAt(
  { learningRate, warmUpSteps }: Pick<TrainSettings, 'learningRate' | 'warmUpSteps'>,
  step: number,
  progress: number
): number {
  const warmUp = warmUpSteps === 0 ? 1 : Math.min(1, (step + 1) / warmUpSteps)
  return learningRate * warmUp * (1 - progress)
}
