import { InvalidOptionError, type Random, requireInteger, requireNumber } from '@vgm/base'

/** The genes of one individual, `[K]`. */
export type Genes = Float32Array

/** A range of genes. */
export interface GeneRange {
  readonly min: number
  readonly max: number
}

/** The range of the paper's genes. */
const paperRange: GeneRange = { min: -2, max: 2 }

/** What makes one generation out of the one before. Each draws all its chance from the generator it is given. */
export interface Operators {
  /** The genes of a new individual, `size` of them. */
  create(size: number, random: Random): Genes
  /** Prepares to choose parents, given the fitness of all individuals (less is better); each call chooses one, by index. */
  select(fitness: Float64Array, random: Random): () => number
  /** A child of two parents, as a copy. */
  cross(mother: Genes, father: Genes, random: Random): Genes
  /** Changes a child. */
  mutate(child: Genes, random: Random): void
}

function uniform({ min, max }: GeneRange, random: Random): number {
  return min + (max - min) * random.next()
}

function requireRange(caller: string, { min, max }: GeneRange): void {
  if (Number.isFinite(min) && Number.isFinite(max) && min <= max) return
  throw new InvalidOptionError(caller, 'range', 'finite numbers, min ≤ max', `${min} … ${max}`)
}

/**
 * Genes drawn uniformly from a range.
 *
 * @param range By default −2 … 2.
 * @throws {InvalidOptionError} if the range is none.
 * @source Ferreira & Whitehead 2019, §6
 */
export function uniformGenes(range: GeneRange = paperRange): Operators['create'] {
  requireRange('uniformGenes', range)
  return (size, random) => Float32Array.from({ length: size }, () => uniform(range, random))
}

/**
 * Chooses parents by chance, in proportion to how much better than the worst they are; all alike if all are equally good.
 *
 * @source Ferreira & Whitehead 2019, §6; the scaling by the worst ("windowing") is Goldberg 1989, ch. 4
 */
export function rouletteSelection(): Operators['select'] {
  return (fitness, random) => {
    const worst = fitness.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
    const ends = new Float64Array(fitness.length)
    let total = 0
    for (const [index, value] of fitness.entries()) {
      total += worst - value
      ends[index] = total
    }
    if (total === 0) return () => random.below(fitness.length)
    return () => {
      const place = random.next() * total
      const index = ends.findIndex(end => place < end)
      return index < 0 ? ends.lastIndexOf(total) : index
    }
  }
}

/**
 * Chooses the best of some individuals that chance picks.
 *
 * @param size How many are picked (default: 3).
 * @throws {InvalidOptionError} unless `size` is an integer of at least 1.
 */
export function tournamentSelection(size = 3): Operators['select'] {
  requireInteger('tournamentSelection', 'size', size, 1)
  return (fitness, random) => () => {
    let best = random.below(fitness.length)
    for (let round = 1; round < size; round++) {
      const other = random.below(fitness.length)
      if (fitness[other]! < fitness[best]!) best = other
    }
    return best
  }
}

/**
 * A child whose genes are the means of its parents', or, at a rate of 1 − `rate`, a copy of the first.
 *
 * @param options.rate 0–1 (default: 0.95).
 * @throws {InvalidOptionError} if the rate is out of range.
 * @source Ferreira & Whitehead 2019, §6
 */
export function averageCrossover(options: { readonly rate?: number } = {}): Operators['cross'] {
  const { rate = 0.95 } = options
  requireNumber('averageCrossover', 'rate', rate, 0, 1)
  return (mother, father, random) =>
    random.next() < rate ? mother.map((gene, k) => (gene + father[k]!) / 2) : mother.slice()
}

/**
 * Draws each gene anew at the given rate, uniformly from the range.
 *
 * @param options.rate Per gene, 0–1 (default: 0.1).
 * @param options.range By default −2 … 2.
 * @throws {InvalidOptionError} if the rate or the range is out of range.
 * @source Ferreira & Whitehead 2019, §6
 */
export function resetMutation(
  options: { readonly rate?: number; readonly range?: GeneRange } = {}
): Operators['mutate'] {
  const { rate = 0.1, range = paperRange } = options
  requireNumber('resetMutation', 'rate', rate, 0, 1)
  requireRange('resetMutation', range)
  return (child, random) => {
    for (let k = 0; k < child.length; k++) {
      if (random.next() < rate) child[k] = uniform(range, random)
    }
  }
}

/** The operators of the paper. */
export const paperOperators: Operators = {
  create: uniformGenes(),
  select: rouletteSelection(),
  cross: averageCrossover(),
  mutate: resetMutation()
}
