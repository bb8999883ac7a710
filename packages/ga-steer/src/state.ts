import { parseJson } from '@vgm/base'
import * as v from 'valibot'
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

const genesSchema = v.pipe(
  v.array(v.pipe(v.number(), v.finite())),
  v.transform((genes): Genes => Float32Array.from(genes))
)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const schema = v.object({
  format: v.literal(format),
  generation: count,
  stagnant: count,
  random: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(4)),
  population: v.array(genesSchema),
  hallOfFame: v.array(
    v.object({ genes: genesSchema, fitness: v.pipe(v.number(), v.finite()), generation: count })
  )
})

/**
 * Reads what {@link stateToJson} wrote.
 *
 * @throws {JsonError} if it is something else, or damaged.
 */
export function stateFromJson(text: string): EvolutionState {
  const { format: _, ...state } = parseJson(schema, text, 'stateFromJson')
  return state
}
