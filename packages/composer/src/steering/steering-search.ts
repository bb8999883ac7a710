import type { Assessment } from '../../../emotion/src/target/assess.js'
import { grammar, vocabulary } from '@vgm/encoding'
import { type EvolutionState, evolve, resetMutation, stateToJson, uniformGenes } from '@vgm/ga-steer'
import {
  type Engine,
  generate,
  type LearnSteeringState,
  learnSteering,
  type Model,
  type Steering
} from '@vgm/mlstm'
import { type Aim, assess } from '../../../cli/src/assess-pieces.js'
import { sampling } from '../defaults.js'

/** What a search composes and how far it goes. */
export interface SearchEffort {
  /** Steps of the gradient, or generations. */
  readonly steps: number
  /** Pieces per step, or per individual. */
  readonly pieces: number
  readonly words: number
  readonly seed: number
}

/** What {@link searchByGradient} and {@link searchByGenes} take. */
interface SearchOptions extends SearchEffort {
  readonly aim: Aim
  readonly neurons: Int32Array
  readonly engine: Engine
  readonly signal: AbortSignal
  /** Words composed so far in this step. */
  readonly onWords: (words: number) => void
}

/** What the search by gradient has besides. */
export interface GradientOptions extends SearchOptions {
  /** How far offsets move at the first step. */
  readonly learningRate: number
  readonly resume?: LearnSteeringState
}

/** What the genetic search has besides. */
export interface GeneticOptions extends SearchOptions {
  readonly mode: Steering['mode']
  readonly population: number
  /** Genes are drawn from −range … range. */
  readonly range: number
  readonly resume?: EvolutionState
}

/** A step of a search. */
export interface SearchStep {
  /** From 1. */
  readonly step: number
  /** Over all pieces of the step. */
  readonly probability: number
  readonly excess: number
  readonly cost: number
  /** What the step came to: the gradient's offsets, or the best genes so far. */
  readonly steering: Steering
  /** What `resume` takes, as JSON. */
  readonly state: string
}

const endOfPiece = vocabulary.idOf('\n')
/** How pieces are composed that a search learns from, or is measured by. */
export const composing = { endOfPiece, grammar, ...sampling }

function summary(all: readonly Assessment[]): Pick<SearchStep, 'probability' | 'excess' | 'cost'> {
  const mean = (key: keyof Assessment) => all.reduce((sum, one) => sum + one[key], 0) / all.length
  return { probability: mean('probability'), excess: mean('excess'), cost: mean('cost') }
}

/** Follows the policy gradient: all units move a little after each batch of pieces. */
export async function* searchByGradient(model: Model, options: GradientOptions): AsyncGenerator<SearchStep> {
  const {
    aim,
    neurons,
    engine,
    signal,
    resume,
    steps,
    pieces: count,
    words,
    seed,
    onWords,
    learningRate
  } = options
  let assessed: readonly Assessment[] = []
  const reward = async (pieces: readonly Uint16Array[]) => {
    assessed = await assess(pieces, aim)
    return assessed.map(({ cost }) => -cost)
  }
  const search = learnSteering(model, {
    ...composing,
    ...{ reward, neurons, steps, count, learningRate, words, seed, engine, signal, onProgress: onWords },
    ...(resume !== undefined && { resume })
  })
  for await (const { step, steering, state } of search) {
    yield { step, ...summary(assessed), steering, state: JSON.stringify(state) }
  }
}

/** Lets offsets evolve, as the paper does: what one individual composes is what its genes are judged by. */
export async function* searchByGenes(model: Model, options: GeneticOptions): AsyncGenerator<SearchStep> {
  const { aim, neurons, engine, signal, resume, steps, pieces: count, words, seed, onWords } = options
  const { mode, population: size, range } = options
  let assessed: readonly Assessment[] = []
  const fitness = async (population: readonly Float32Array[], generation: number) => {
    const offsets = new Float32Array(population.length * count * neurons.length)
    population.forEach((genes, index) => {
      for (let piece = 0; piece < count; piece++) offsets.set(genes, (index * count + piece) * neurons.length)
    })
    const pieces = await generate(model, {
      ...composing,
      ...{ words, engine, signal, count: population.length * count, onProgress: onWords },
      seed: seedOf(seed, generation),
      steering: { neurons, offsets, mode }
    })
    assessed = await assess(pieces, aim)
    return population.map((_, index) => summary(assessed.slice(index * count, (index + 1) * count)).cost)
  }
  const genes = { min: -range, max: range }
  const search = evolve(
    { size: neurons.length, fitness },
    {
      seed,
      population: size,
      generations: steps,
      signal,
      operators: { create: uniformGenes(genes), mutate: resetMutation({ range: genes }) },
      ...(resume !== undefined && { resume })
    }
  )
  for await (const { generation, hallOfFame, state } of search) {
    const steering: Steering = { neurons, offsets: hallOfFame[0]!.genes, mode }
    yield { step: generation + 1, ...summary(assessed), steering, state: stateToJson(state) }
  }
}

/** Another seed for every generation. */
function seedOf(seed: number, generation: number): number {
  return (seed + 0x9e3779b9 * (generation + 1)) % 2 ** 32
}
