import { requireHeard } from '../describe.js'
import type { DescribedScore } from '../types.js'
import { validateNotes, validateOptions } from '../validate.js'

/** Notes in a run. */
const runNotes = 12

/** The runs that stand in some music, for {@link copied}. Each is kept as a hash of 52 bits. */
export type RunIndex = ReadonlySet<number>

/**
 * All runs of 12 notes in some music, to be asked by {@link copied}. A run is what lies between its notes, by onset, then
 * pitch: steps of a sixteenth between the onsets, rounded, and intervals. It is the same in every key and at every tempo.
 *
 * @throws as {@link form}.
 */
export function runsOf(scores: Iterable<DescribedScore>): RunIndex {
  const index = new Set<number>()
  for (const score of scores) for (const run of runs(score, 'runsOf')) index.add(run)
  return index
}

/**
 * The share of a piece's runs of 12 notes that stand in other music, such as that which a model was trained on; 0 for a
 * piece of fewer notes.
 *
 * @param index {@link runsOf} that music.
 * @throws as {@link form}.
 */
export function copied(score: DescribedScore, index: RunIndex): number {
  const own = runs(score, 'copied')
  return own.length === 0 ? 0 : own.filter(run => index.has(run)).length / own.length
}

function runs(score: DescribedScore, caller: string): number[] {
  validateOptions(score, caller)
  validateNotes(score.notes, caller)
  const stepTicks = score.ticksPerQuarter / 4
  // Rounded first: notes of one chord may then be in another order than by tick.
  const notes = requireHeard(score.notes, caller)
    .map(({ startTick, pitch }) => ({ step: Math.round(startTick / stepTicks), pitch }))
    .sort((a, b) => a.step - b.step || a.pitch - b.pitch)
  const found: number[] = []
  for (let from = 0; from + runNotes <= notes.length; from++) {
    let [high, low] = [0x811c9dc5, 0x9747b28c]
    for (let at = from + 1; at < from + runNotes; at++) {
      const [before, note] = [notes[at - 1]!, notes[at]!]
      const move = (note.step - before.step) * 256 + note.pitch - before.pitch + 128
      high = Math.imul(high ^ move, 0x01000193)
      low = Math.imul(low ^ move, 0x85ebca6b)
      high ^= high >>> 15
      low ^= low >>> 13
    }
    found.push((high >>> 6) * 2 ** 26 + (low >>> 6))
  }
  return found
}
