import { createRandom } from '@vgm/base'
import { describe, expect, test } from 'vitest'
import { freshModel } from '../../test/models.js'
import { tinyTransformer } from '../../test/tiny-transformer.js'
import { ModelFormatError, NotFiniteError } from '../errors.js'
import { defaultTrainSettings } from '../training/train-settings.js'
import { carriedShapes, parametersOf } from '../training/trainer.js'
import { zeros } from '../weights.js'
import {
  type Checkpoint,
  readCheckpoint as readCheckpointOf,
  writeCheckpoint as writeCheckpointOf
} from './checkpoint.js'
import { modelFiles } from './model.js'
import { writeSafetensors } from './safetensors.js'

const writeCheckpoint = (checkpoint: Checkpoint) => writeCheckpointOf(tinyTransformer, checkpoint)
const readCheckpoint = (bytes: Uint8Array, file: string) => readCheckpointOf(tinyTransformer, bytes, file)

const { config } = freshModel(1)
const random = createRandom(1)
const arrays = Object.fromEntries(
  Object.entries(zeros(carriedShapes(tinyTransformer, config, 2))).map(([name, array]) => [
    name,
    array.map(() => random.next() - 0.5)
  ])
)
const checkpoint: Checkpoint = {
  architecture: 'tiny-transformer',
  config: { ...config },
  size: 7,
  batches: { batch: 2, window: 4 },
  settings: {
    ...defaultTrainSettings,
    learningRate: 0.1 + 0.2,
    dropout: { attention: 0.3 },
    seed: 2 ** 32 - 1
  },
  position: {
    epoch: 1,
    shard: 2,
    batch: 4,
    step: 30,
    epochLoss: Math.PI,
    epochSteps: 6,
    random: [...random.state()],
    best: { crossEntropy: 1 / 3, epoch: 1 }
  },
  arrays
}

describe('a checkpoint', { timeout: 60_000 }, () => {
  test('goes through its file exactly, doubles and all', () => {
    expect(readCheckpoint(writeCheckpoint(checkpoint), 'c')).toEqual(checkpoint)
    expect(readCheckpoint(Buffer.from(writeCheckpoint(checkpoint)), 'c'), 'from a Buffer').toEqual(checkpoint)
    const fresh = { ...checkpoint, position: { ...checkpoint.position, best: null } }
    expect(readCheckpoint(writeCheckpoint(fresh), 'c')).toEqual(fresh)
  })

  test('with a number that is not finite is refused, and named', () => {
    const damaged = (name: string, value: number) => {
      const values = arrays[name]!.slice()
      values[1] = value
      return () => writeCheckpoint({ ...checkpoint, arrays: { ...arrays, [name]: values } })
    }
    expect(damaged('parameter.wq', Number.NaN)).toThrow(new NotFiniteError('parameter.wq[1] after step 30'))
    expect(damaged('second.bo', Number.POSITIVE_INFINITY)).toThrow(
      new NotFiniteError('second.bo[1] after step 30')
    )
    const { position } = checkpoint
    const best = { crossEntropy: Number.NaN, epoch: 1 }
    expect(() => writeCheckpoint({ ...checkpoint, position: { ...position, best } })).toThrow(
      'position.best.crossEntropy is not a finite number'
    )
    const endless = { ...position, epochLoss: Number.POSITIVE_INFINITY }
    expect(() => writeCheckpoint({ ...checkpoint, position: endless })).toThrow(
      'position.epochLoss is not a finite number'
    )
  })

  test('holds the weights, by name', () => {
    const { embedding, bo } = parametersOf(arrays)
    expect(embedding).toBe(arrays['parameter.embedding'])
    expect(bo).toBe(arrays['parameter.bo'])
  })

  test('is no model, and a model is no checkpoint', () => {
    const weights = modelFiles(freshModel(1), 'F32')['weights.safetensors']!
    expect(() => readCheckpoint(weights, 'c')).toThrow(
      new ModelFormatError('c', 'format expected vgm-checkpoint-1, got tiny-transformer')
    )
    const nothing = writeSafetensors({ tensors: new Map(), metadata: {} }, 'F32')
    expect(() => readCheckpoint(nothing, 'c')).toThrow('format expected vgm-checkpoint-1, got none')
  })

  test('without a state, or with one that is damaged, is refused', () => {
    for (const state of [undefined, '', '{', '{}', '{"config":{"units":0}}']) {
      const metadata = { format: 'vgm-checkpoint-1', ...(state !== undefined && { state }) }
      const file = writeSafetensors({ tensors: new Map(), metadata }, 'F32')
      expect(() => readCheckpoint(file, 'c'), state).toThrow(ModelFormatError)
      expect(() => readCheckpoint(file, 'c'), state).toThrow('its state is damaged')
    }
  })

  test('of another architecture is refused', () => {
    const other = { ...tinyTransformer, format: 'other' }
    expect(() => readCheckpointOf(other, writeCheckpoint(checkpoint), 'c')).toThrow(
      'architecture expected other, got tiny-transformer'
    )
  })

  test('cut off anywhere is refused', () => {
    const bytes = writeCheckpoint(checkpoint)
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readCheckpoint(bytes.subarray(0, length), 'c')).toThrow(ModelFormatError)
    }
  })

  test('with a wrong bit in any byte is refused or has the same content', () => {
    const whole = writeCheckpoint(checkpoint)
    for (let at = 0; at < whole.length; at++) {
      const bytes = whole.slice()
      bytes[at]! ^= 1 << (at & 7)
      try {
        expect(readCheckpoint(bytes, 'c')).toEqual(checkpoint)
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(ModelFormatError)
      }
    }
  })
})
