import { InvalidStateError } from './errors.js'
import type { Genes } from './operators.js'

/** Genes and how fit they are; less is better. */
export interface Individual {
  readonly genes: Genes
  readonly fitness: number
  /** The generation that it was evaluated in, from 0. */
  readonly generation: number
}

/** Everything needed to go on with an evolution as if it had never stopped. */
export interface EvolutionState {
  /** The next generation to evaluate, from 0. */
  readonly generation: number
  readonly population: readonly Genes[]
  /** The best ever, best first. */
  readonly hallOfFame: readonly Individual[]
  /** Generations since the best ever was found. */
  readonly stagnant: number
  /** The generator's position. */
  readonly random: readonly number[]
}

const format = 'vgm-evolution-1'

/** A state as the text of a file. */
export function stateToJson({ population, hallOfFame, ...rest }: EvolutionState): string {
  const plain = {
    format,
    ...rest,
    population: population.map(genes => [...genes]),
    hallOfFame: hallOfFame.map(individual => ({ ...individual, genes: [...individual.genes] }))
  }
  return `${JSON.stringify(plain)}\n`
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(each => Number.isFinite(each))
}

function requireField(holds: boolean, field: string, expected: string): asserts holds {
  if (!holds) throw new InvalidStateError(`${field} expected ${expected}`)
}

/**
 * Reads what {@link stateToJson} wrote.
 *
 * @throws {InvalidStateError} if it is something else, or damaged.
 */
export function stateFromJson(text: string): EvolutionState {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new InvalidStateError('expected JSON', { cause })
  }
  const state = (parsed ?? {}) as Record<string, unknown>
  requireField(state.format === format, 'format', format)
  const { generation, population, hallOfFame, stagnant, random } = state
  requireField(Number.isInteger(generation), 'generation', 'an integer')
  requireField(Number.isInteger(stagnant), 'stagnant', 'an integer')
  requireField(isNumbers(random) && random.length === 4, 'random', 'four numbers')
  requireField(Array.isArray(population) && population.every(isNumbers), 'population', 'lists of numbers')
  requireField(
    Array.isArray(hallOfFame) &&
      hallOfFame.every(
        one => isNumbers(one?.genes) && Number.isFinite(one.fitness) && Number.isInteger(one.generation)
      ),
    'hallOfFame',
    'individuals'
  )
  return {
    generation: generation as number,
    stagnant: stagnant as number,
    random: random as number[],
    population: (population as number[][]).map(genes => Float32Array.from(genes)),
    hallOfFame: hallOfFame.map(({ genes, fitness, generation }) => ({
      genes: Float32Array.from(genes),
      fitness,
      generation
    }))
  }
}
