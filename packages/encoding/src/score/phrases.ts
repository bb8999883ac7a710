import { requireInteger } from '@vgm/base'
import { barTicks, endOfBar } from './bars.js'
import { excerpt } from './excerpt.js'
import { countHeard } from './heard-notes.js'
import type { Score } from './types.js'

/** A stretch of a piece. */
export interface PhraseOfScore {
  /** The bar that it begins with, from 0. */
  readonly bar: number
  readonly startTick: number
  readonly endTick: number
  /** From tick 0 on, notes cut at its end. */
  readonly score: Score
}

/** Options of {@link phrasesOf}. */
export interface PhraseOptions {
  /** Bars per phrase. */
  readonly bars: number
  /** Bars from the beginning of one phrase to that of the next. */
  readonly hop: number
  /** Whether the remaining bars at the end, if they are two or more, are a phrase, too (default: false). */
  readonly rest?: boolean
}

/** A stretch with fewer heard notes than these is too short to judge. */
export const fewestNotes = 8

const fewestBars = 2

/**
 * The phrases of a piece, each of so many bars. The last bar is the one in which the last note begins. What is left over at the
 * end is a phrase only with `rest`. Phrases with fewer than {@link fewestNotes} heard notes are left out.
 *
 * @throws {InvalidOptionError} unless `bars` and `hop` are positive integers.
 * @throws {InvalidScoreError | LimitError} as {@link barTicks}.
 */
export function phrasesOf(score: Score, { bars, hop, rest = false }: PhraseOptions): PhraseOfScore[] {
  requireInteger('phrasesOf', 'bars', bars, 1)
  requireInteger('phrasesOf', 'hop', hop, 1)
  const starts = barTicks(score)
  const bounds = [...starts, endOfBar(score, starts.at(-1) ?? 0)]
  const phrases: PhraseOfScore[] = []
  const fewest = rest ? Math.min(bars, fewestBars) : bars
  // A file of many bars has many notes: each phrase looks at its own only.
  const { notes } = score
  let first = 0
  for (let bar = 0; bar + fewest <= starts.length; bar += hop) {
    const [startTick, endTick] = [bounds[bar]!, bounds[Math.min(bar + bars, starts.length)]!]
    while (first < notes.length && notes[first]!.startTick < startTick) first++
    let end = first
    while (end < notes.length && notes[end]!.startTick < endTick) end++
    const phrase = excerpt({ ...score, notes: notes.slice(first, end) }, { startTick, endTick })
    if (countHeard(phrase) >= fewestNotes) phrases.push({ bar, startTick, endTick, score: phrase })
  }
  return phrases
}
