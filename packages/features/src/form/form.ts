import { requireHeard } from '../describe.js'
import { countValues, mean, median, share } from '../families/statistics.js'
import type { DescribedNote, DescribedScore } from '../types.js'
import { validateNotes, validateOptions } from '../validate.js'
import { type FormBar, formBars, likeness } from './bars.js'
import { endsHeld, endsOnTonic } from './ending.js'

/** A bar that is near-identical to an earlier one, other than the bar just before. */
export interface BarReturn {
  /** Counted from 0 at tick 0. */
  readonly bar: number
  /** The earlier bar that it is most like; of equally alike ones the latest. */
  readonly earlier: number
  /** 0.8–1. */
  readonly likeness: number
}

/**
 * The form of a piece. Bars follow the metre in force and are read in steps of a sixteenth; a bar in which no note begins
 * is left out. The likeness of two bars is Jaccard's index of their (step, pitch) pairs: what they share of all that they
 * hold. A measure is `null` where a piece has too few bars for it.
 */
export interface Form {
  /** Bars in which a note begins. */
  readonly bars: number
  /**
   * How like a bar is to the earlier bar that it is most like, the one just before left out: the mean over all bars from the
   * third on, 0–1.
   */
  readonly likeness: number | null
  /** The share of bars that are identical to no other bar, in steps and pitches. */
  readonly alone: number
  /** As `likeness`, of the steps at which notes begin alone. */
  readonly rhythm: number | null
  /** The median distance in bars of `returns`; `null` if no bar comes back. */
  readonly returnDistance: number | null
  /** Share of the notes that are on the piece's seven most frequent pitch classes. */
  readonly sevenClasses: number
  /** Share of the notes that are on the piece's three most frequent pitch classes. */
  readonly threeClasses: number
  /** 1 − Jaccard's index of the pitch classes of neighbouring bars: the mean over all pairs, 0–1. */
  readonly change: number | null
  /** The longest run of bars, each with a likeness of at least 0.8 to the one before, in bars; 1 where no bar is. */
  readonly loop: number
  /** Whether a note that begins in the last bar lasts at least half a bar. */
  readonly endsHeld: boolean
  /**
   * Whether the final chord is on the tonic of the whole piece: its lowest note is the tonic, or it holds a triad on the
   * tonic. The chord is all notes that sound when the last one begins; the key is Krumhansl's.
   */
  readonly endsOnTonic: boolean
  /** The bars that come back, in order. */
  readonly returns: readonly BarReturn[]
}

/** From this likeness on, bars are near-identical. */
const nearIdentical = 0.8

/**
 * Measures the form of a whole piece: how much comes back, and where, how tonal it is, how it ends. Transposing a piece
 * changes nothing.
 *
 * @throws {NoNotesError} if there is no pitched note.
 * @throws {InvalidNoteError} if a field of a note is out of its range.
 * @throws {InvalidOptionError} if an option or a mark of the score is.
 */
export function form(score: DescribedScore): Form {
  validateOptions(score, 'form')
  validateNotes(score.notes, 'form')
  const notes = requireHeard(score.notes, 'form')
  const bars = formBars(notes, score)
  const earlier = bars.map((bar, at) => mostAlike(bar.tones, bars, at, 'tones')).slice(2)
  const rhythms = bars.map((bar, at) => mostAlike(bar.steps, bars, at, 'steps')).slice(2)
  const changes = bars
    .slice(1)
    .map((bar, before) => 1 - likeness(bar.pitchClasses, bars[before]!.pitchClasses))
  const returns = earlier.flatMap(({ at, likeness }, index) =>
    likeness < nearIdentical ? [] : [{ bar: bars[index + 2]!.index, earlier: bars[at]!.index, likeness }]
  )
  return {
    bars: bars.length,
    likeness: meanOrNull(earlier.map(each => each.likeness)),
    alone: shareAlone(bars),
    rhythm: meanOrNull(rhythms.map(each => each.likeness)),
    returnDistance: median(returns.map(each => each.bar - each.earlier)),
    sevenClasses: commonestClasses(notes, 7),
    threeClasses: commonestClasses(notes, 3),
    change: meanOrNull(changes),
    loop: longestLoop(bars),
    endsHeld: endsHeld(bars.at(-1)!),
    endsOnTonic: endsOnTonic(notes),
    returns
  }
}

/** The bar before the neighbour of bar `at` that is most like it, the latest of several. */
function mostAlike(
  items: ReadonlySet<number>,
  bars: readonly FormBar[],
  at: number,
  kind: 'tones' | 'steps'
): { readonly at: number; readonly likeness: number } {
  let best = { at: 0, likeness: 0 }
  for (let other = 0; other < at - 1; other++) {
    const found = likeness(items, bars[other]![kind])
    if (found >= best.likeness) best = { at: other, likeness: found }
  }
  return best
}

function shareAlone(bars: readonly FormBar[]): number {
  const names = bars.map(({ tones }) => [...tones].sort((a, b) => a - b).join(' '))
  const counts = countValues(names)
  return share(names, name => counts.get(name) === 1)
}

function commonestClasses(notes: readonly DescribedNote[], classes: number): number {
  const counts = [...countValues(notes.map(({ pitch }) => pitch % 12)).values()].sort((a, b) => b - a)
  return counts.slice(0, classes).reduce((sum, count) => sum + count, 0) / notes.length
}

function longestLoop(bars: readonly FormBar[]): number {
  let [longest, run] = [1, 1]
  for (let at = 1; at < bars.length; at++) {
    run = likeness(bars[at]!.tones, bars[at - 1]!.tones) >= nearIdentical ? run + 1 : 1
    longest = Math.max(longest, run)
  }
  return longest
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values)
}
