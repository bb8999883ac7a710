import { createRandom, InvalidOptionError, ShapeError } from '@vgm/base'
import type { Tokenizer } from '@vgm/encoding'
import { type EvolutionState, evolve, resetMutation, stateToJson, uniformGenes } from '@vgm/ga-steer'
import { type MlstmConfig, type Steering, steeringInputs } from '@vgm/mlstm'
import { generate, type Model } from '@vgm/nn'
import { openForSearch, searchDrawing } from './sample-pieces.js'
import type { SearchPlan, SearchStep } from './search-options.js'

/** Options of {@link searchByGenes}. */
interface GeneticOptions extends SearchPlan {
  readonly tokenizer: Tokenizer
  readonly mode: Steering['mode']
  readonly population: number
  readonly range: number
  readonly resume: EvolutionState | undefined
}

/** Lets offsets evolve, as the paper does: an individual is as fit as the pieces that are composed with its genes are good. */
export async function* searchByGenes(
  model: Model<MlstmConfig>,
  options: GeneticOptions
): AsyncGenerator<SearchStep> {
  const { reward, steps, count, words, seed, signal, onProgress, mode, population: size, range } = options
  const { tokenizer } = options
  const neurons = options.neurons ?? Int32Array.from({ length: model.config.units }, (_, unit) => unit)
  const opened = await openForSearch(model, options)
  let costs: readonly number[] = []
  const fitness = async (population: readonly Float32Array[], generation: number) => {
    const offsets = new Float32Array(population.length * count * neurons.length)
    population.forEach((genes, index) => {
      for (let piece = 0; piece < count; piece++) offsets.set(genes, (index * count + piece) * neurons.length)
    })
    const pieces = await generate(opened, {
      ...searchDrawing(tokenizer),
      ...{ words, count: population.length * count },
      seed: seedOf(seed, generation),
      held: steeringInputs({ neurons, offsets, mode }, model.config, population.length * count),
      ...(onProgress && { onProgress }),
      ...(signal && { signal })
    })
    costs = costsOf(await reward(pieces.map(ids => tokenizer.decode(ids))), pieces.length)
    return population.map((_, index) => meanOf(costs.slice(index * count, (index + 1) * count)))
  }
  const genes = { min: -range, max: range }
  const search = evolve(
    { size: neurons.length, fitness },
    {
      ...{ seed, population: size, generations: steps },
      operators: { create: uniformGenes(genes), mutate: resetMutation({ range: genes }) },
      ...(signal && { signal }),
      ...(options.resume && { resume: options.resume })
    }
  )
  try {
    for await (const { generation, hallOfFame, state } of search) {
      const steering: Steering = { neurons, offsets: hallOfFame[0]!.genes, mode }
      yield { step: generation + 1, reward: -meanOf(costs), steering, state: stateToJson(state) }
    }
    // An evolution that is stopped just ends.
    signal?.throwIfAborted()
  } finally {
    opened.dispose()
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** What pieces cost; less is better. */
function costsOf(rewards: ArrayLike<number>, count: number): number[] {
  if (rewards.length !== count) {
    throw new ShapeError('searchSteering', 'reward', `${count} numbers`, rewards.length)
  }
  return Array.from(rewards, (reward, index) => {
    if (Number.isFinite(reward)) return -reward
    throw new InvalidOptionError('searchSteering', `reward[${index}]`, 'a finite number', reward)
  })
}

/** Another seed for every generation. */
function seedOf(seed: number, generation: number): number {
  return createRandom(seed)
    .fork('generations')
    .fork(generation)
    .below(2 ** 32)
}
