import type { Checkpoint, TrainSettings } from '@vgm/nn'
import { UsageError } from './errors.js'

/**
 * A checkpoint of a run that is to go on for longer, or to end sooner, than it was begun for. The learning rate goes on where
 * a run of so many epochs would have it now, and falls to 0 by its end.
 *
 * @throws {UsageError} if so many epochs are done already.
 */
export function extendRun(checkpoint: Checkpoint, { epochs, patience }: Partial<TrainSettings>): Checkpoint {
  const { settings, position } = checkpoint
  if (epochs !== undefined && epochs !== settings.epochs && epochs <= position.epoch) {
    throw new UsageError(`--epochs expected more than the ${position.epoch} that are done, got ${epochs}`)
  }
  const changed = { epochs: epochs ?? settings.epochs, patience: patience ?? settings.patience }
  return { ...checkpoint, settings: { ...settings, ...changed } }
}

/** How a run that is over goes on, if it is over. */
export function adviceToGoOn({ settings, position: { epoch, best } }: Checkpoint): string | undefined {
  const { epochs, patience } = settings
  if (epoch >= epochs) return `all ${epochs} epochs are done; --resume --epochs ${2 * epochs} trains on`
  if (best === null || patience === 0 || epoch - best.epoch < patience) return undefined
  return `stopped early, ${patience} epochs after the best; --resume --patience 0 trains on`
}
