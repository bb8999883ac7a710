import type { Score } from '@vgm/encoding'
import { describe, featureNames } from '@vgm/features'
import type { Matrix } from '@vgm/probe'

/** The musical descriptors of scores, a row for each, the columns as `featureNames` of `@vgm/features` names them. */
export function descriptorsOf(scores: readonly Score[]): Matrix {
  const data = new Float64Array(scores.length * featureNames.length)
  scores.forEach((score, row) => {
    data.set(describe(score.notes, score).values, row * featureNames.length)
  })
  return { data, rows: scores.length, columns: featureNames.length }
}
