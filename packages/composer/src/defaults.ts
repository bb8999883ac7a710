import type { SamplingOptions } from '@vgm/nn'

/** How words are drawn unless an option says otherwise. */
export const sampling: SamplingOptions = { temperature: 0.95 }

/** After so many new words a piece is cut if it has not ended by itself. */
export const maxWords = 4000

/** The least number of new words after a prime: most primes are whole pieces, after which the model would end at once. */
export const leastContinuation = 64

/** The least number of notes of a piece that ends by itself; with fewer, no key is estimated. */
export const leastNotes = 8

/** How far a search for a steering goes unless options say otherwise. */
export const searchDefaults = {
  /** The words of a piece. */
  words: 256,
  /** `count` is the number of pieces per step. */
  gradient: { steps: 40, count: 256, learningRate: 0.004 },
  /** `steps` is the number of generations, `count` that of pieces per individual. */
  genetic: { steps: 100, count: 30, population: 100, mode: 'add', range: 2 }
} as const
