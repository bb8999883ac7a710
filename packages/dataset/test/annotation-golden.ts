import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Golden {
  readonly warp: readonly { a: number[]; b: number[]; band?: number; distance: number }[]
  readonly cluster: readonly {
    distances: number[][]
    count: number
    completeLinkage: number[][]
    pam: { clusters: number[][]; cost: number }
  }[]
  readonly agreement: {
    full: { ratings: number[][]; alpha: number; correlation: number }[]
    unequal: { ratings: number[][]; alpha: number }
  }
  readonly zScores: { values: number[]; scores: number[] }
}

/** What other programs say of the same numbers. */
export const golden = JSON.parse(
  readFileSync(join(import.meta.dirname, 'golden/annotations.json'), 'utf8')
) as Golden
