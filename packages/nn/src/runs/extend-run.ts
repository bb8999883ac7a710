import { InvalidOptionError } from '@vgm/base'
import type { Checkpoint } from '../storage/checkpoint.js'
import type { TrainSettings } from '../training/train-settings.js'

/**
 * A checkpoint of a run that is to go on for longer, or to end sooner, than it was begun for. The learning rate goes on where
 * a run of so many epochs would have it now, and falls to 0 by its end. Other settings are not looked at.
 *
 * @throws {InvalidOptionError} if so many epochs are done already.
 */
export function extendRun(checkpoint: Checkpoint, { epochs, patience }: Partial<TrainSettings>): Checkpoint {
  const { settings, position } = checkpoint
  if (epochs !== undefined && epochs !== settings.epochs && epochs <= position.epoch) {
    throw new InvalidOptionError('train', 'epochs', `more than the ${position.epoch} that are done`, epochs)
  }
  const changed = { epochs: epochs ?? settings.epochs, patience: patience ?? settings.patience }
  return { ...checkpoint, settings: { ...settings, ...changed } }
}

/**
 * Why a run is over: all `epochs` are done, or none of the last `patience` was better than the best before; `undefined` if
 * it can go on.
 */
export function endOfRun({
  settings: { epochs, patience },
  position: { epoch, best }
}: {
  readonly settings: Pick<TrainSettings, 'epochs' | 'patience'>
  readonly position: Pick<Checkpoint['position'], 'epoch' | 'best'>
}): 'epochs' | 'patience' | undefined {
  if (epoch >= epochs) return 'epochs'
  return best !== null && patience > 0 && epoch - best.epoch >= patience ? 'patience' : undefined
}
