export {
  EvolutionError,
  type EvolutionErrorCode,
  InvalidFitnessError,
  InvalidOptionError,
  InvalidStateError
} from './errors.js'
export { type EvolveOptions, evolve, type Generation, type Problem } from './evolve.js'
export {
  averageCrossover,
  type GeneRange,
  type Genes,
  type Operators,
  paperOperators,
  resetMutation,
  rouletteSelection,
  tournamentSelection,
  uniformGenes
} from './operators.js'
export type { Random } from './random.js'
export { type EvolutionState, type Individual, stateFromJson, stateToJson } from './state.js'
