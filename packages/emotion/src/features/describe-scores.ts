import { Breaks, type Cancel, type Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { describe, featureNames } from '@vgm/features'
import type { Matrix } from '@vgm/probe'

/** Progress is reported after so many scores, or where a break is due before. */
const scoresAtOnce = 32

/**
 * The musical descriptors of scores, computed with breaks, so that a page stays responsive and a signal is heard.
 *
 * @returns A row for each score, `[N, 73]`; the columns are as `featureNames` of `@vgm/features` says.
 * @throws {NoNotesError} if a score has no pitched note.
 */
export async function describeScores(
  scores: readonly Score[],
  { signal, onProgress }: Cancel & Watch = {}
): Promise<Matrix> {
  const columns = featureNames.length
  const data = new Float64Array(scores.length * columns)
  const breaks = new Breaks(signal)
  for (const [row, score] of scores.entries()) {
    data.set(describe(score.notes, score).values, row * columns)
    const done = row + 1
    if (done < scores.length && done % scoresAtOnce > 0 && !breaks.isDue) continue
    await breaks.take()
    onProgress?.({ phase: 'describing', done, total: scores.length, unit: 'phrases' })
  }
  return { data, rows: scores.length, columns }
}
