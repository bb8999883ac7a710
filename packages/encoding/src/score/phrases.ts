import { barTicks, excerpt, type Note, type Score } from '@vgm/encoding'
import { heardNotes } from '@vgm/features'

/** A stretch of a piece. */
export interface PhraseOfScore {
  /** The bar that it begins with, from 0. */
  readonly bar: number
  readonly startTick: number
  readonly endTick: number
  /** From tick 0 on, notes cut at its end. */
  readonly score: Score
}

/** How {@link phrasesOf} cuts. */
export interface PhraseOptions {
  /** Bars per phrase. */
  readonly bars: number
  /** Bars from the beginning of one phrase to that of the next. */
  readonly hop: number
  /** Whether what is left over at the end, two bars at least, is a phrase, too (default: false). */
  readonly rest?: boolean
}

/** Fewer notes than these, a unison counted once, are too short to judge. */
export const fewestNotes = 8

const fewestBars = 2

/** The MIDI channel whose notes are percussion, counted from 0. */
const percussionChannel = 9

/**
 * The phrases of a piece, each of so many bars: the last bar is that in which the last note begins, and what is left over at
 * the end is no phrase unless `rest` says so. Phrases with fewer than 8 heard notes are left out.
 */
export function phrasesOf(score: Score, { bars, hop, rest = false }: PhraseOptions): PhraseOfScore[] {
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

/** The notes that are no percussion. */
export function pitchedNotes({ notes }: Score): Note[] {
  return notes.filter(({ channel }) => channel !== percussionChannel)
}

/** How many notes are heard: without percussion, a unison counted once. */
export function countHeard({ notes }: Score): number {
  return heardNotes(notes).length
}

/** Where the bar that begins at `tick` ends if no time signature interrupts it. */
function endOfBar({ timeSignatures, ticksPerQuarter }: Score, tick: number): number {
  const { numerator, denominator } = timeSignatures.findLast(change => change.tick <= tick) ?? {
    numerator: 4,
    denominator: 4
  }
  return tick + Math.max(1, Math.round((ticksPerQuarter * 4 * numerator) / denominator))
}
