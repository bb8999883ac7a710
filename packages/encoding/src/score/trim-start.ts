import { barStart } from './bars.js'
import { excerpt } from './excerpt.js'
import type { Score } from './types.js'

/** The score without the empty bars before its first note. */
export function trimStart(score: Score): Score {
  const first = score.notes.reduce(
    (earliest, { startTick }) => Math.min(earliest, startTick),
    Number.POSITIVE_INFINITY
  )
  if (first === Number.POSITIVE_INFINITY) return score
  const startTick = barStart(score, first)
  return startTick === 0
    ? score
    : excerpt(score, { startTick, endTick: Number.MAX_SAFE_INTEGER, keepsLengths: true })
}
