export { InvalidOptionError, JsonError, type Random } from '@vgm/base'
export { InvalidFitnessError, InvalidStateError } from './errors.js'
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
export { type EvolutionState, type Individual, stateFromJson, stateToJson } from './state.js'
