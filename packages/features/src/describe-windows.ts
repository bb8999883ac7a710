import { requireInteger } from '@vgm/base'
import { createMetre } from '@vgm/encoding'
import { computeFeatures, requireHeard } from './describe.js'
import { featureNames } from './features.js'
import type { DescribedNote, DescribedScore, WindowDescription } from './types.js'
import { validateNotes, validateOptions } from './validate.js'

/** Options of {@link describeWindows}. */
export interface WindowOptions {
  /** Bars per window, a positive integer. The last window may be shorter. */
  readonly bars: number
}

/**
 * A piece as one row per so many bars, computed one by one as they are asked for.
 *
 * Bars follow the time signatures, counted from tick 0; a signature in the middle of a bar begins the next one. A note
 * belongs to the window in which it begins, with its whole length, so a row is what {@link describe} says about the
 * notes that begin there. A window in which no pitched note begins has no row.
 *
 * @throws {NoNotesError} if there is no pitched note in the whole piece.
 * @throws {InvalidNoteError} if a field of a note is out of its range.
 * @throws {InvalidOptionError} if an option or a mark of the score is.
 */
export function describeWindows(
  score: DescribedScore,
  { bars }: WindowOptions
): Generator<WindowDescription> {
  requireInteger('describeWindows', 'bars', bars, 1)
  validateOptions(score, 'describeWindows')
  validateNotes(score.notes, 'describeWindows')
  return describeEach(requireHeard(score.notes, 'describeWindows'), score, bars)
}

function* describeEach(
  notes: readonly DescribedNote[],
  score: DescribedScore,
  bars: number
): Generator<WindowDescription> {
  const metre = createMetre(score)
  let from = 0
  while (from < notes.length) {
    const window = Math.floor(metre.barAt(notes[from]!.startTick).index / bars)
    const startTick = metre.startOfBar(window * bars)
    const endTick = metre.startOfBar((window + 1) * bars)
    let to = from + 1
    while (to < notes.length && notes[to]!.startTick < endTick) to++
    const values = computeFeatures(notes.slice(from, to), score)
    yield { startTick, endTick, names: featureNames, values }
    from = to
  }
}
