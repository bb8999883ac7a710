import { createRandom } from '@vgm/base'
import { encode, type Note, vocabulary } from '@vgm/encoding'
import { type MlstmConfig, mlstm } from '@vgm/mlstm'
import type { Model } from '@vgm/nn'

/** A model that has learnt nothing but to prefer some words. */
export function modelWith(bias: Readonly<Record<string, number>>, seed = 1): Model<MlstmConfig> {
  const config = { vocabularySize: vocabulary.size, embedding: 4, units: 8 }
  const weights = mlstm.initial(config, createRandom(seed))
  const output = weights.bo!.slice()
  for (const [word, value] of Object.entries(bias)) output[vocabulary.idOf(word)] = value
  const { name, hash } = vocabulary
  return {
    architecture: mlstm,
    config,
    vocabulary: { name, hash },
    weights: { ...weights, bo: output },
    provenance: {},
    metrics: {},
    license: 'none'
  }
}

/** A scale of 24 notes, some of which sound into the next. */
export function scale(): Uint16Array {
  const notes = Array.from({ length: 24 }, (_, k): Note => {
    const pitch = 48 + ((k * 4) % 30)
    return {
      pitch,
      velocity: 40 + k,
      startTick: k * 120,
      durationTicks: 120 * (1 + (k % 4)),
      channel: 0,
      program: 0
    }
  })
  const tempos = [{ tick: 0, tempoBpm: 120 }]
  return encode({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })
}
