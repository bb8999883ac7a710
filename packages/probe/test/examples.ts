import { createRandom } from '@vgm/base'
import type { Matrix } from '../src/types.js'

/** Examples in groups of five. */
export interface Examples {
  readonly features: Matrix
  readonly labels: readonly number[]
  readonly groups: readonly string[]
}

/**
 * Seeded examples of `columns` features between −1 and 1, the first of which speaks for a positive label as strongly as
 * `signal` says. 60 % are positive.
 */
export function makeExamples(rows: number, columns: number, signal: number, seed: number): Examples {
  const random = createRandom(seed)
  const uniform = () => random.next() * 2 - 1
  const data = Float64Array.from({ length: rows * columns }, uniform)
  const noisy = Array.from({ length: rows }, (_, i) => signal * data[i * columns]! + uniform())
  const limit = [...noisy].sort((a, b) => a - b)[Math.floor(rows * 0.4)]!
  return {
    features: { data, rows, columns },
    labels: noisy.map(value => (value >= limit ? 1 : -1)),
    groups: noisy.map((_, i) => `piece ${Math.floor(i / 5)}`)
  }
}
