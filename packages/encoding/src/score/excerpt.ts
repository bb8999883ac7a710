import { InvalidOptionError, requireInteger } from '@vgm/base'
import { barStart } from './bars.js'
import type { Score } from './types.js'

/** The stretch that {@link excerpt} takes. */
export interface ExcerptOptions {
  /** An integer of at least 0. */
  readonly startTick: number
  /** An integer above `startTick`; may lie beyond the end of the score. */
  readonly endTick: number
  /** Whether notes that sound past `endTick` keep their length (default: false, they are cut there). */
  readonly keepsLengths?: boolean
}

/**
 * A stretch of a score as a score of its own, from tick 0 on.
 *
 * It has the notes that begin from `startTick` to before `endTick`, cut at `endTick` unless `keepsLengths`. Tempo, time signature and key
 * signature are those in force at `startTick`, followed by the changes within. No note is in two excerpts that do not
 * overlap.
 *
 * @param score Not modified.
 * @throws {InvalidOptionError} if a tick is no integer of its range.
 */
export function excerpt(score: Score, { startTick, endTick, keepsLengths = false }: ExcerptOptions): Score {
  requireInteger('excerpt', 'startTick', startTick, 0)
  if (!(Number.isInteger(endTick) && endTick > startTick)) {
    throw new InvalidOptionError('excerpt', 'endTick', `an integer above startTick (${startTick})`, endTick)
  }
  const end = keepsLengths ? Number.POSITIVE_INFINITY : endTick
  return {
    ticksPerQuarter: score.ticksPerQuarter,
    notes: score.notes
      .filter(note => note.startTick >= startTick && note.startTick < endTick)
      .map(note => ({
        ...note,
        startTick: note.startTick - startTick,
        durationTicks: Math.min(note.durationTicks, end - note.startTick)
      })),
    tempos: changesWithin(score.tempos, startTick, endTick),
    timeSignatures: changesWithin(score.timeSignatures, startTick, endTick),
    keySignatures: changesWithin(score.keySignatures, startTick, endTick)
  }
}

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

/** The change in force at `from`, and the changes after it and before `to`, counted from `from`. */
function changesWithin<Change extends { readonly tick: number }>(
  changes: readonly Change[],
  from: number,
  to: number
): Change[] {
  const first = changes.findLastIndex(({ tick }) => tick <= from)
  return changes
    .slice(Math.max(0, first))
    .filter(({ tick }) => tick < to)
    .map(change => ({ ...change, tick: Math.max(0, change.tick - from) }))
}
