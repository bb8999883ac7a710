import {
  type Cancel,
  createRandom,
  InvalidOptionError,
  type Random,
  requireInteger,
  restoreRandom
} from '@vgm/base'
import { InvalidFitnessError, InvalidStateError } from './errors.js'
import { type Genes, type Operators, paperOperators } from './operators.js'
import type { EvolutionState, Individual } from './state.js'

/** What is to be optimised. */
export interface Problem {
  /** `K`, the genes of an individual. */
  readonly size: number
  /**
   * The fitness of a whole population, `[P]`; less is better. Where chance plays in it, draw from a seed made of
   * `generation`, so that a run can be repeated.
   *
   * @param population `P` individuals of `[K]` genes.
   * @param generation From 0.
   */
  fitness(population: readonly Genes[], generation: number): Promise<ArrayLike<number>>
}

/** How {@link evolve} searches. */
export interface EvolveOptions extends Cancel {
  /** Decides everything that chance plays in, an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** `P` (default: 100). */
  readonly population?: number
  /** How many generations are evaluated at most (default: 100). */
  readonly generations?: number
  /** So many of the best go into the next generation as they are (default: 1). */
  readonly elite?: number
  /** How many of the best ever are remembered (default: 10). */
  readonly hallOfFame?: number
  /** Stops when the best is at most this. */
  readonly target?: number
  /** Stops after so many generations without a new best, 0 never (default: 0). */
  readonly patience?: number
  /** Replaces operators of the paper. */
  readonly operators?: Partial<Operators>
  /** Individuals that the first generation begins with, such as a guess; chance makes the others. */
  readonly initial?: readonly Genes[]
  /** Goes on from here. */
  readonly resume?: EvolutionState
}

/** A generation that was evaluated. */
export interface Generation {
  /** From 0. */
  readonly generation: number
  readonly population: readonly Genes[]
  /** `[P]`; less is better. */
  readonly fitness: Float64Array
  /** The mean of `fitness`. */
  readonly meanFitness: number
  /** The best of this generation. */
  readonly best: Individual
  /** The best ever, best first. */
  readonly hallOfFame: readonly Individual[]
  /** What `resume` takes to go on after this generation. */
  readonly state: EvolutionState
}

/**
 * Searches for genes with a genetic algorithm, generation by generation, as the caller asks for the next.
 *
 * By default it is the paper's: 100 individuals, genes drawn from −2 … 2, parents chosen by a roulette wheel with elitism,
 * children with the means of their parents' genes (95 %), each gene drawn anew at a rate of 10 %, 100 generations.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 * @throws {InvalidFitnessError} if the problem's fitness is not a finite number for each individual.
 * @throws {InvalidStateError} if the state to resume is of a problem with other genes, or of another population.
 * @throws the signal's reason, if it is aborted before the next generation is evaluated: `state` of the last generation resumes.
 * @source Ferreira & Whitehead 2019, §6
 */
export async function* evolve(
  problem: Problem,
  options: EvolveOptions
): AsyncGenerator<Generation, void, undefined> {
  const { seed, population: count = 100, generations = 100, elite = 1, hallOfFame: remembered = 10 } = options
  const { target = Number.NEGATIVE_INFINITY, patience = 0, initial = [], resume, signal } = options
  const operators = { ...paperOperators, ...options.operators }
  requireInteger('evolve', 'seed', seed, 0, 0xffffffff)
  requireInteger('evolve', 'population', count, 1)
  requireInteger('evolve', 'generations', generations, 1)
  requireInteger('evolve', 'elite', elite, 0, count)
  requireInteger('evolve', 'hallOfFame', remembered, 1)
  requireInteger('evolve', 'patience', patience, 0)
  requireInteger('evolve', 'initial.length', initial.length, 0, count)
  for (const [index, genes] of initial.entries()) requireGenes(`initial[${index}]`, genes, problem.size)

  let random: Random
  let state: EvolutionState
  if (resume === undefined) {
    random = createRandom(seed)
    const made = Array.from({ length: count - initial.length }, () => operators.create(problem.size, random))
    state = {
      generation: 0,
      population: [...initial, ...made],
      hallOfFame: [],
      stagnant: 0,
      random: random.state()
    }
  } else {
    requireSameProblem(resume, problem.size, count)
    random = restoreRandom(resume.random)
    state = resume
  }

  while (!isOver(state)) {
    signal?.throwIfAborted()
    const { generation, population } = state
    const fitness = checked(await problem.fitness(population, generation), count, generation)
    const ranked = Array.from(fitness.keys()).sort((a, b) => fitness[a]! - fitness[b]!)
    const individuals = ranked.map(k => ({ genes: population[k]!, fitness: fitness[k]!, generation }))
    const best = individuals[0]!
    const bestEver = state.hallOfFame[0]?.fitness ?? Number.POSITIVE_INFINITY
    const hallOfFame = bestOf([...state.hallOfFame, ...individuals], remembered)
    state = {
      generation: generation + 1,
      population: nextPopulation(population, fitness, ranked.slice(0, elite), operators, random),
      hallOfFame,
      stagnant: best.fitness < bestEver ? 0 : state.stagnant + 1,
      random: random.state()
    }
    const meanFitness = fitness.reduce((total, value) => total + value, 0) / count
    yield { generation, population, fitness, meanFitness, best, hallOfFame, state }
  }

  function isOver({ generation, hallOfFame, stagnant }: EvolutionState): boolean {
    const best = hallOfFame[0]?.fitness ?? Number.POSITIVE_INFINITY
    return generation >= generations || best <= target || (patience > 0 && stagnant >= patience)
  }
}

/** The elite as it is, and children of chosen parents. */
function nextPopulation(
  population: readonly Genes[],
  fitness: Float64Array,
  elite: readonly number[],
  { select, cross, mutate }: Operators,
  random: Random
): Genes[] {
  const choose = select(fitness, random)
  const children = Array.from({ length: population.length - elite.length }, () => {
    const child = cross(population[choose()]!, population[choose()]!, random)
    mutate(child, random)
    return child
  })
  return [...elite.map(index => population[index]!), ...children]
}

/** The best, each set of genes once: with its best fitness. */
function bestOf(individuals: readonly Individual[], count: number): Individual[] {
  const sorted = [...individuals].sort((a, b) => a.fitness - b.fitness)
  const kept: Individual[] = []
  for (const one of sorted) {
    if (kept.length === count) break
    if (!kept.some(({ genes }) => genes.every((gene, k) => gene === one.genes[k]))) kept.push(one)
  }
  return kept
}

function checked(values: ArrayLike<number>, count: number, generation: number): Float64Array {
  if (values.length !== count)
    throw new InvalidFitnessError(generation, `${count} numbers`, `${values.length}`)
  const fitness = Float64Array.from(values)
  const wrong = fitness.findIndex(value => !Number.isFinite(value))
  if (wrong < 0) return fitness
  throw new InvalidFitnessError(generation, 'finite numbers', `${fitness[wrong]} for individual ${wrong}`)
}

function requireGenes(option: string, genes: Genes, size: number): void {
  if (genes.length === size && genes.every(Number.isFinite)) return
  throw new InvalidOptionError(
    'evolve',
    option,
    `${size} finite numbers`,
    `${genes.length}: ${genes.join(', ')}`
  )
}

function requireSameProblem({ population }: EvolutionState, size: number, count: number): void {
  if (population.length !== count) {
    throw new InvalidStateError('individuals', count, population.length)
  }
  const wrong = population.find(genes => genes.length !== size)
  if (wrong !== undefined) throw new InvalidStateError('genes', size, wrong.length)
}
