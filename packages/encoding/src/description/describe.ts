import { barTicks } from '../score/bars.js'
import { createMetre } from '../score/metre.js'
import type { Score } from '../score/types.js'
import { nearestStep } from '../words/quantise.js'
import { chordOf } from './chords.js'
import type { BarPlan, Plan } from './plan.js'
import { returnsOf } from './returning.js'
import { type WrittenNote, writtenNotes } from './written-notes.js'

/** A pitch and a time step as one number. */
const placed = (step: number, pitch: number) => step * 128 + pitch

/**
 * The plan that a piece follows: its bars up to that of the last onset, by the metre in force, on the grid of time steps that the
 * words of `encode` have.
 *
 * @throws {InvalidScoreError} if a field of the score is out of its range.
 * @source Rütte et al. 2022 (FIGARO), §3.1, for what is said of a bar
 */
export function describe(score: Score): Plan {
  const starts = barTicks(score)
  const metre = createMetre(score)
  const notes = writtenNotes(score)
  const steps = starts.map(tick => nearestStep(tick, score.ticksPerQuarter))
  const inBars: WrittenNote[][] = starts.map(() => [])
  let bar = 0
  for (const note of notes) {
    while (bar + 1 < steps.length && steps[bar + 1]! <= note.step) bar++
    inBars[bar]!.push(note)
  }
  const returns = returnsOf(
    inBars.map((bar, index) => bar.map(({ step, pitch }) => placed(step - steps[index]!, pitch)))
  )
  const chords = chordsOf(notes)
  return {
    bars: inBars.map((bar, index): BarPlan => {
      const { numerator, denominator, quarters } = metre.barAt(starts[index]!)
      const start = steps[index]!
      const end = steps[index + 1] ?? start + Math.max(1, Math.round(4 * quarters))
      const middle = start + Math.ceil((end - start) / 2)
      return {
        numerator,
        denominator,
        steps: end - start,
        notes: bar.length,
        ...(bar.length > 0 && {
          velocity: mean(bar, ({ velocity }) => velocity),
          pitch: mean(bar, ({ pitch }) => pitch),
          duration: mean(bar, ({ quarters }) => quarters)
        }),
        chords: [chords(start, middle), chords(middle, end)],
        programs: [...new Set(bar.map(({ program }) => program))].sort((a, b) => a - b),
        returns: returns[index]!
      }
    })
  }
}

function mean(notes: readonly WrittenNote[], of: (note: WrittenNote) => number): number {
  const total = notes.reduce((sum, note) => sum + of(note), 0)
  return Math.round((100 * total) / notes.length) / 100
}

/** The chord that sounds from one time step to another; to be asked in ascending order. */
function chordsOf(notes: readonly WrittenNote[]): (start: number, end: number) => string | null {
  const pitched = notes.filter(({ isPitched }) => isPitched)
  const ofPiece = new Float64Array(12)
  for (const { pitch, steps } of pitched) ofPiece[pitch % 12]! += steps
  const longest = pitched.reduce((most, { steps }) => Math.max(most, steps), 0)
  let first = 0
  return (start, end) => {
    while (first < pitched.length && pitched[first]!.step + longest <= start) first++
    const sounding = new Float64Array(12)
    let lowest = Number.POSITIVE_INFINITY
    for (let k = first; k < pitched.length && pitched[k]!.step < end; k++) {
      const { step, steps, pitch } = pitched[k]!
      const shared = Math.min(end, step + steps) - Math.max(start, step)
      if (shared <= 0) continue
      sounding[pitch % 12]! += shared
      lowest = Math.min(lowest, pitch)
    }
    return chordOf(sounding, Number.isFinite(lowest) ? lowest % 12 : undefined, ofPiece)
  }
}
