import type { Score } from '@vgm/encoding'
import { describe, featureNames } from '@vgm/features'
import type { Matrix } from '@vgm/probe'

/** Called with a share from 0 to 1 and what it stands for. */
export type OnProgress = (share: number, note: string) => void

const scoresAtOnce = 32

/** The musical descriptors of scores, a row for each, the columns as `featureNames` of `@vgm/features` names them. */
export function descriptorsOf(scores: readonly Score[]): Matrix {
  const data = new Float64Array(scores.length * featureNames.length)
  scores.forEach((score, row) => {
    data.set(describe(score.notes, score).values, row * featureNames.length)
  })
  return { data, rows: scores.length, columns: featureNames.length }
}

/** Descriptors, computed with breaks in which a signal can come in. */
export async function describeInParts(
  scores: readonly Score[],
  signal: AbortSignal,
  onProgress?: OnProgress
): Promise<Matrix> {
  const columns = featureNames.length
  const data = new Float64Array(scores.length * columns)
  for (let start = 0; start < scores.length; start += scoresAtOnce) {
    const part = scores.slice(start, start + scoresAtOnce)
    data.set(descriptorsOf(part).data, start * columns)
    await new Promise(resolve => setImmediate(resolve))
    signal.throwIfAborted()
    const done = start + part.length
    onProgress?.(done / scores.length, `${done} of ${scores.length} phrases`)
  }
  return { data, rows: scores.length, columns }
}
