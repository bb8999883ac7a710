import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import type { Checkpoint } from '../storage/checkpoint.js'
import { defaultTrainSettings } from '../training/train-settings.js'
import { endOfRun, extendRun } from './extend-run.js'

/** A run of 4 epochs of which 3 are done. */
const checkpoint: Checkpoint = {
  architecture: 'tiny',
  config: { vocabularySize: 225, embedding: 4, units: 8 },
  size: 5,
  batches: { batch: 1, window: 16 },
  settings: { ...defaultTrainSettings, epochs: 4, patience: 2 },
  position: {
    epoch: 3,
    shard: 0,
    batch: 0,
    step: 30,
    epochLoss: 0,
    epochSteps: 0,
    best: { crossEntropy: 2, epoch: 3 },
    random: [1, 2, 3, 4]
  },
  arrays: {}
}
const at = (position: Partial<Checkpoint['position']>): Checkpoint => ({
  ...checkpoint,
  position: { ...checkpoint.position, ...position }
})

test('only the length of the run changes', () => {
  expect(extendRun(checkpoint, { epochs: 8 })).toEqual({
    ...checkpoint,
    settings: { ...checkpoint.settings, epochs: 8 }
  })
  expect(extendRun(checkpoint, { patience: 0 }).settings).toEqual({ ...checkpoint.settings, patience: 0 })
  expect(extendRun(checkpoint, { maxNorm: 2 })).toEqual(checkpoint)
})

test('epochs that are done cannot be taken back; those of the run may be said again', () => {
  expect(() => extendRun(checkpoint, { epochs: 3 })).toThrow(InvalidOptionError)
  expect(() => extendRun(checkpoint, { epochs: 3 })).toThrow(
    'train: epochs expected more than the 3 that are done, got 3'
  )
  expect(extendRun(at({ epoch: 4 }), { epochs: 4 })).toEqual(at({ epoch: 4 }))
})

test('a run is over when its epochs are done, or its patience is', () => {
  expect(endOfRun(checkpoint)).toBeUndefined()
  expect(endOfRun(at({ epoch: 4 }))).toBe('epochs')
  const waited = at({ best: { crossEntropy: 2, epoch: 1 } })
  expect(endOfRun(waited)).toBe('patience')
  expect(endOfRun(extendRun(waited, { patience: 0 }))).toBeUndefined()
})
