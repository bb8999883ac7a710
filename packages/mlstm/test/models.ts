import type { Model, ModelConfig } from '../src/index.js'
import { initialWeights, parameterNames } from '../src/parameters.js'
import { toWeights } from '../src/trainer.js'
import golden from './golden/mlstm.json' with { type: 'json' }

/** What PyTorch computed; see `golden/torch-mlstm.py`. */
export { golden }

/** A parameter group of the golden file in program order. */
export function inOrder(named: typeof golden.parameters): Float32Array[] {
  return parameterNames.map(name => Float32Array.from(named[name]))
}

/** A model with a made-up origin. */
export function modelOf(config: ModelConfig, weights: Model['weights']): Model {
  return {
    config,
    weights,
    vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
    provenance: { data: 'none', seed: 20 },
    metrics: { validationCrossEntropy: 2.5 },
    license: 'CC0-1.0'
  }
}

/** The model with which the golden file begins: V 11, E 5, H 7. */
export const goldenModel: Model = modelOf(golden.config, toWeights(inOrder(golden.parameters)))

/** A model with fresh weights. */
export function freshModel(config: ModelConfig, seed: number): Model {
  return modelOf(config, initialWeights(config, seed))
}
