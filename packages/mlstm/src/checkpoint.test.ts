import { describe, expect, test } from 'vitest'
import { freshModel } from '../test/models.js'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js'
import { ModelFormatError, NotFiniteError } from './errors.js'
import { modelFiles } from './model.js'
import { createRandom } from './random.js'
import { writeSafetensors } from './safetensors.js'
import { defaultTrainSettings } from './train-settings.js'
import { initialArrays, toWeights } from './trainer.js'

const config = { vocabularySize: 3, embedding: 2, units: 2 }
const settings = { ...defaultTrainSettings, lanes: 2, learningRate: 0.1 + 0.2, seed: 2 ** 32 - 1 }
const random = createRandom(1)
const checkpoint: Checkpoint = {
  config,
  pieces: 7,
  settings,
  position: {
    epoch: 1,
    shard: 2,
    window: 4,
    step: 30,
    epochLoss: Math.PI,
    epochSteps: 6,
    random: [...random.state()],
    best: { crossEntropy: 1 / 3, epoch: 1 }
  },
  arrays: initialArrays(config, settings).map(array => array.map(() => random.next() - 0.5))
}

describe('a checkpoint', { timeout: 60_000 }, () => {
  test('goes through its file exactly, doubles and all', () => {
    expect(readCheckpoint(writeCheckpoint(checkpoint), 'c')).toEqual(checkpoint)
    expect(readCheckpoint(Buffer.from(writeCheckpoint(checkpoint)), 'c'), 'from a Buffer').toEqual(checkpoint)
    const fresh = { ...checkpoint, position: { ...checkpoint.position, best: null } }
    expect(readCheckpoint(writeCheckpoint(fresh), 'c')).toEqual(fresh)
  })

  test('with a number that is not finite is refused, and named', () => {
    const damaged = (index: number, value: number) => {
      const arrays = checkpoint.arrays.map(array => array.slice())
      arrays[index]![1] = value
      return () => writeCheckpoint({ ...checkpoint, arrays })
    }
    expect(damaged(1, Number.NaN)).toThrow(new NotFiniteError('parameter.wx[1] after step 30'))
    expect(damaged(23, Number.POSITIVE_INFINITY)).toThrow(new NotFiniteError('second.bo[1] after step 30'))
    expect(damaged(25, Number.NEGATIVE_INFINITY)).toThrow(new NotFiniteError('c[1] after step 30'))
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
    const { embedding, bo } = toWeights(checkpoint.arrays)
    expect(embedding).toBe(checkpoint.arrays[0])
    expect(bo).toBe(checkpoint.arrays[7])
  })

  test('is no model, and a model is no checkpoint', () => {
    const weights = modelFiles(freshModel(config, 1), 'F32')['weights.safetensors']!
    expect(() => readCheckpoint(weights, 'c')).toThrow(
      new ModelFormatError('c', 'format expected vgm-mlstm-checkpoint-3, got vgm-mlstm')
    )
    const nothing = writeSafetensors({ tensors: new Map(), metadata: {} }, 'F32')
    expect(() => readCheckpoint(nothing, 'c')).toThrow('format expected vgm-mlstm-checkpoint-3, got none')
  })

  test('without a state, or with one that is damaged, is refused', () => {
    for (const state of [undefined, '', '{', '{}', '{"config":{"units":0}}']) {
      const metadata = { format: 'vgm-mlstm-checkpoint-3', ...(state !== undefined && { state }) }
      const file = writeSafetensors({ tensors: new Map(), metadata }, 'F32')
      expect(() => readCheckpoint(file, 'c'), state).toThrow(ModelFormatError)
      expect(() => readCheckpoint(file, 'c'), state).toThrow('its state is damaged')
    }
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
