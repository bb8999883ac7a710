import { parameterShapes } from '../src/parameters.js'
import type { Model, ModelConfig, ParameterName, Weights } from '../src/types.js'
