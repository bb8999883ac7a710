import { zerosLike } from '@tensorflow/tfjs-core'
import { createRandom } from '@vgm/base'
import type { Model } from '../src/storage/model.js'
import { type TinyConfig, tinyTransformer } from './tiny-transformer.js'

/** A model with fresh weights and a made-up origin. */
export function freshModel(seed: number): Model<TinyConfig> {
  const config = { vocabularySize: 3, width: 2, heads: 1, context: 4 }
  return {
    architecture: tinyTransformer,
    config,
    weights: tinyTransformer.initial(config, createRandom(seed)),
    vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
    provenance: { data: 'none', seed: 20 },
    metrics: { validationCrossEntropy: 2.5 },
    license: 'CC0-1.0'
  }
}

/** A model that is told nothing beside its tokens. */
export function untoldModel() {
  const architecture: typeof tinyTransformer = {
    ...tinyTransformer,
    inputs: () => ({}),
    step: (weights, inputs, state, config) =>
      tinyTransformer.step(weights, { ...inputs, beat: zerosLike(inputs.id!) }, state, config)
  }
  return { ...freshModel(1), architecture }
}
