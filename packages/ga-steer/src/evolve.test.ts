import { describe, expect, test } from 'vitest'
import {
  type EvolveOptions,
  evolve,
  type Generation,
  type Genes,
  InvalidFitnessError,
  InvalidOptionError,
  InvalidStateError,
  JsonError,
  type Problem,
  stateFromJson,
  stateToJson
} from './index.js'

const goal = [1, -1.5, 0.5]

/** The squared distance from a goal. */
const distance: Problem = {
  size: 3,
  fitness: async population =>
    population.map(genes => genes.reduce((total, gene, k) => total + (gene - goal[k]!) ** 2, 0))
}

async function run(options: Partial<EvolveOptions> = {}, problem = distance): Promise<Generation[]> {
  const generations: Generation[] = []
  for await (const generation of evolve(problem, { seed: 1, population: 20, generations: 8, ...options })) {
    generations.push(generation)
  }
  return generations
}

const plain = (generations: readonly Generation[]) =>
  generations.map(({ generation, population, fitness, hallOfFame }) => ({
    generation,
    population: population.map(genes => [...genes]),
    fitness: [...fitness],
    hallOfFame: hallOfFame.map(one => ({ ...one, genes: [...one.genes] }))
  }))

describe('evolve', () => {
  test('asks for the fitness of whole populations, and comes close to the goal', async () => {
    const asked: [number, number][] = []
    const problem: Problem = {
      size: 3,
      fitness(population, generation) {
        asked.push([population.length, generation])
        return distance.fitness(population, generation)
      }
    }
    const generations = await run({ population: 50, generations: 40 }, problem)
    expect(asked).toEqual(Array.from({ length: 40 }, (_, generation) => [50, generation]))
    const last = generations.at(-1)!
    expect(last.hallOfFame[0]!.fitness).toBeLessThan(0.02)
    expect(last.meanFitness).toBeLessThan(generations[0]!.meanFitness / 2)
    for (const [k, gene] of last.hallOfFame[0]!.genes.entries())
      expect(Math.abs(gene - goal[k]!)).toBeLessThan(0.2)
  })

  test('tells the fitness of each individual, the mean, the best', async () => {
    const [first] = await run()
    const { population, fitness, best, meanFitness } = first!
    expect([...fitness]).toEqual(await distance.fitness(population, 0))
    expect(best.fitness).toBe(Math.min(...fitness))
    expect(best.genes).toBe(population[fitness.indexOf(best.fitness)])
    expect(meanFitness).toBeCloseTo([...fitness].reduce((a, b) => a + b) / 20, 12)
  })

  test('the best survive as they are, so the best fitness never rises', async () => {
    const generations = await run({ elite: 2 })
    for (const [index, generation] of generations.slice(1).entries()) {
      const before = generations[index]!
      const ranked = [...before.fitness.keys()].sort((a, b) => before.fitness[a]! - before.fitness[b]!)
      expect(generation.population[0]).toEqual(before.population[ranked[0]!])
      expect(generation.population[1]).toEqual(before.population[ranked[1]!])
      expect(generation.best.fitness).toBeLessThanOrEqual(before.best.fitness)
    }
    const without = await run({ elite: 0 })
    expect(without.some(({ best }, k) => k > 0 && best.fitness > without[k - 1]!.best.fitness)).toBe(true)
  })

  test('remembers the best of all generations, each once', async () => {
    const generations = await run({ hallOfFame: 4, elite: 0 })
    const all = generations.flatMap(({ fitness }) => [...fitness]).sort((a, b) => a - b)
    const { hallOfFame } = generations.at(-1)!
    expect(hallOfFame.map(({ fitness }) => fitness)).toEqual([...new Set(all)].slice(0, 4))
    for (const { generation, genes, fitness } of hallOfFame) {
      const index = generations[generation]!.fitness.indexOf(fitness)
      expect(generations[generation]!.population[index]).toEqual(genes)
    }
  })

  test('gives the same for the same seed, and something else for another', async () => {
    expect(plain(await run())).toEqual(plain(await run()))
    expect(plain(await run({ seed: 2 }))).not.toEqual(plain(await run()))
  })

  test('goes on from a file after any generation as if it had not stopped', async () => {
    const whole = await run()
    for (const { state, generation } of whole) {
      const rest = await run({ resume: stateFromJson(stateToJson(state)), seed: 99 })
      expect(plain(rest)).toEqual(plain(whole.slice(generation + 1)))
    }
  })

  test('stops at a target, without progress, and with the reason of a signal', async () => {
    const whole = await run({ generations: 30 })
    const target = whole[5]!.best.fitness
    const reached = await run({ generations: 30, target })
    expect(reached.at(-1)!.best.fitness).toBeLessThanOrEqual(target)
    expect(reached.slice(0, -1).every(({ best }) => best.fitness > target)).toBe(true)

    const flat: Problem = { size: 2, fitness: async population => population.map(() => 5) }
    expect(await run({ patience: 3, generations: 30 }, flat)).toHaveLength(4)

    const stop = new AbortController()
    const reason = new Error('enough')
    const seen: number[] = []
    const search = async () => {
      for await (const { generation } of evolve(distance, { seed: 1, signal: stop.signal })) {
        seen.push(generation)
        if (generation === 2) stop.abort(reason)
      }
    }
    await expect(search()).rejects.toBe(reason)
    expect(seen).toEqual([0, 1, 2])
  })

  test('begins with the individuals it is given', async () => {
    const initial = [Float32Array.from(goal)]
    const [first] = await run({ initial })
    expect(first!.population[0]).toEqual(initial[0])
    expect(first!.population).toHaveLength(20)
    expect(first!.best).toMatchObject({ fitness: 0, generation: 0 })
  })

  test('takes other operators', async () => {
    const halves: Problem = {
      size: 2,
      fitness: async population => population.map(genes => Math.abs(genes[0]!))
    }
    const operators = {
      create: () => Float32Array.of(8, 0),
      select: () => () => 0,
      cross: (mother: Genes) => mother.map(gene => gene / 2),
      mutate: (child: Genes) => void child.set([child[1]! + 1], 1)
    }
    const generations = await run({ operators, elite: 0, generations: 3 }, halves)
    expect(generations.map(({ population }) => [...population[0]!])).toEqual([
      [8, 0],
      [4, 1],
      [2, 1.5]
    ])
  })

  test.each([
    [async () => [1, 2], 'fitness of generation 0 expected 20 numbers, got 2'],
    [
      async (population: readonly Genes[]) => population.map((_, k) => (k === 3 ? Number.NaN : 1)),
      'got NaN for individual 3'
    ]
  ])('refuses a fitness that is none', async (fitness, message) => {
    await expect(run({}, { size: 2, fitness })).rejects.toThrow(InvalidFitnessError)
    await expect(run({}, { size: 2, fitness })).rejects.toThrow(message)
  })

  test.each([
    [{ seed: -1 }, 'seed expected an integer from 0 to 4294967295, got -1'],
    [{ population: 0 }, 'population expected an integer ≥ 1, got 0'],
    [{ generations: 1.5 }, 'generations expected'],
    [{ elite: 21 }, 'elite expected an integer from 0 to 20, got 21'],
    [{ hallOfFame: 0 }, 'hallOfFame expected'],
    [{ patience: -1 }, 'patience expected'],
    [{ initial: [Float32Array.of(1)] }, 'initial[0] expected 3 finite numbers']
  ])('refuses %j', async (options, message) => {
    await expect(run(options)).rejects.toThrow(InvalidOptionError)
    await expect(run(options)).rejects.toThrow(message)
  })
})

describe('a saved state', () => {
  test('of another problem is refused', async () => {
    const { state } = (await run())[0]!
    await expect(run({ resume: state }, { ...distance, size: 4 })).rejects.toThrow(
      new InvalidStateError('genes', 4, 3)
    )
    await expect(run({ resume: state, population: 9 })).rejects.toThrow(
      new InvalidStateError('individuals', 9, 20)
    )
  })

  test.each([
    ['no JSON', 'nonsense', 'stateFromJson: is not JSON'],
    ['another format', '{"format":"x"}', 'format expected "vgm-evolution-1", got "x"'],
    ['null', 'null', 'expected Object, got null'],
    ['a cut population', { population: [[null]] }, 'population[0][0] expected number, got null'],
    ['no generator', { random: [1] }, 'random expected 4, got 1'],
    ['no hall of fame', { hallOfFame: undefined }, 'hallOfFame is missing']
  ])('that is %s is refused', async (_, damage, message) => {
    const { state } = (await run())[0]!
    const text =
      typeof damage === 'string' ? damage : JSON.stringify({ ...JSON.parse(stateToJson(state)), ...damage })
    expect(() => stateFromJson(text)).toThrow(JsonError)
    expect(() => stateFromJson(text)).toThrow(message)
  })
})
