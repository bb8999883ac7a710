import { createMetre } from '@vgm/encoding'
import type { DescribedNote, DescribeOptions } from '../types.js'

/** A bar in which notes begin, in steps of a sixteenth. */
export interface FormBar {
  /** Counted from 0 at tick 0. */
  readonly index: number
  /** In ticks, as the time signature has it. */
  readonly lengthTicks: number
  readonly notes: readonly DescribedNote[]
  /** Each note as `step · 128 + pitch`. */
  readonly tones: ReadonlySet<number>
  /** The steps at which notes begin, counted from the bar line. */
  readonly steps: ReadonlySet<number>
  readonly pitchClasses: ReadonlySet<number>
}

/**
 * The bars in which notes begin, by the metre in force. Onsets are rounded to the nearest step of the bar; what rounds to
 * the next bar line belongs to the next bar.
 *
 * @param notes `heardNotes`, by onset.
 */
export function formBars(notes: readonly DescribedNote[], options: DescribeOptions): FormBar[] {
  const metre = createMetre(options)
  const stepTicks = options.ticksPerQuarter / 4
  const groups = new Map<number, { step: number; note: DescribedNote }[]>()
  for (const note of notes) {
    const bar = metre.barAt(note.startTick)
    const rounded = Math.round((note.startTick - bar.startTick) / stepTicks)
    const isNext = bar.startTick + rounded * stepTicks >= metre.startOfBar(bar.index + 1)
    const [index, step] = isNext ? [bar.index + 1, 0] : [bar.index, rounded]
    const group = groups.get(index)
    if (group) group.push({ step, note })
    else groups.set(index, [{ step, note }])
  }
  return [...groups].map(([index, group]) => ({
    index,
    lengthTicks: metre.barAt(metre.startOfBar(index)).quarters * options.ticksPerQuarter,
    notes: group.map(({ note }) => note),
    tones: new Set(group.map(({ step, note }) => step * 128 + note.pitch)),
    steps: new Set(group.map(({ step }) => step)),
    pitchClasses: new Set(group.map(({ note }) => note.pitch % 12))
  }))
}

/** The things that two sets share, of all that they hold: Jaccard's index. Neither is empty. */
export function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0
  for (const item of a) if (b.has(item)) shared++
  return shared / (a.size + b.size - shared)
}
