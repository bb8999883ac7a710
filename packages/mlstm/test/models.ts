import { createRandom } from '@vgm/base'
import type { Model, Weights } from '@vgm/nn'
import { type MlstmConfig, mlstm, type ParameterName } from '../src/index.js'
import golden from './golden/mlstm.json' with { type: 'json' }

/** What PyTorch computed; see `golden/torch-mlstm.py`. */
export { golden }

/** The names of the parameters. */
export const parameterNames = ['embedding', 'wx', 'wmx', 'wmh', 'wm', 'b', 'wo', 'bo'] as const

/** A parameter group of the golden file. */
export function weightsOf(named: typeof golden.parameters): Record<ParameterName, Float32Array> {
  const entries = parameterNames.map(name => [name, Float32Array.from(named[name])])
  return Object.fromEntries(entries) as Record<ParameterName, Float32Array>
}

/** A model whose parameters are named. */
export interface MlstmModel extends Model<MlstmConfig> {
  readonly weights: Weights<ParameterName>
}

/** A model with a made-up origin. */
export function modelOf(config: MlstmConfig, weights: Weights): MlstmModel {
  return {
    architecture: mlstm,
    config,
    weights: weights as MlstmModel['weights'],
    vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
    provenance: { data: 'none', seed: 20 },
    metrics: { validationCrossEntropy: 2.5 },
    license: 'CC0-1.0'
  }
}

/** The model with which the golden file begins: V 11, E 5, H 7. */
export const goldenModel = modelOf(golden.config, weightsOf(golden.parameters))

/** A model with fresh weights. */
export function freshModel(config: MlstmConfig, seed: number): MlstmModel {
  return modelOf(config, mlstm.initial(config, createRandom(seed).fork('weights')))
}
