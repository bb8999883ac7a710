import { initialWeights, parameterNames } from '../src/parameters.js'
import type { Model, ModelConfig, ParameterName, Weights } from '../src/index.js'
import file from './golden/mlstm.json' with { type: 'json' }
