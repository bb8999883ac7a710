import { percussionChannel } from '../score/heard-notes.js'
import type { Score } from '../score/types.js'
import { durationSteps, durationUnits, durationUnitsPerQuarter, nearestDuration } from '../words/durations.js'
import { type StepNote, stepNotes } from '../words/step-notes.js'
import { barsInSteps } from './bars-in-steps.js'
import { chordOf } from './chords.js'
import type { BarPlan, Plan } from './plan.js'
import { returnsOf } from './returning.js'

/** A pitch and a time step as one number. */
const placed = (step: number, pitch: number) => step * 128 + pitch

const quartersOf = ({ duration }: StepNote) => durationUnits[duration]! / durationUnitsPerQuarter

/**
 * The plan that a piece follows: its bars up to that of the last onset, by the metre in force, on the grid of time steps that the
 * words of `encode` have. A bar that is cut short, or is no whole number of steps, has the metre of its length.
 *
 * @throws {InvalidScoreError} if a field of the score is out of its range.
 * @throws {LimitError} if there are more than 100,000 bars.
 * @source Rütte et al. 2022 (FIGARO), §3.1, for what is said of a bar
 */
export function describe(score: Score): Plan {
  const bars = barsInSteps(score)
  const notes = stepNotes(score.notes, score.ticksPerQuarter, nearestDuration)
  const inBars: StepNote[][] = bars.map(() => [])
  let bar = 0
  for (const note of notes) {
    while (bar + 1 < bars.length && bars[bar + 1]!.start <= note.step) bar++
    inBars[bar]!.push(note)
  }
  const returns = returnsOf(
    inBars.map((bar, index) => bar.map(({ step, pitch }) => placed(step - bars[index]!.start, pitch)))
  )
  const chords = chordsOf(notes)
  return {
    bars: bars.map(({ start, steps, numerator, denominator }, index): BarPlan => {
      const bar = inBars[index]!
      const middle = start + Math.ceil(steps / 2)
      return {
        ...{ numerator, denominator, steps },
        notes: bar.length,
        ...(bar.length > 0 && {
          velocity: mean(bar, ({ velocity }) => velocity),
          pitch: mean(bar, ({ pitch }) => pitch),
          duration: mean(bar, quartersOf)
        }),
        chords: [chords(start, middle), chords(middle, start + steps)],
        programs: [...new Set(bar.map(({ program }) => program))].sort((a, b) => a - b),
        returns: returns[index]!
      }
    })
  }
}

function mean(notes: readonly StepNote[], of: (note: StepNote) => number): number {
  const total = notes.reduce((sum, note) => sum + of(note), 0)
  return Math.round((100 * total) / notes.length) / 100
}

/** The chord that sounds from one time step to another; to be asked in ascending order. */
function chordsOf(notes: readonly StepNote[]): (start: number, end: number) => string | null {
  const pitched = notes
    .filter(({ channel }) => channel !== percussionChannel)
    .map(({ step, pitch, duration }) => ({ step, pitch, steps: durationSteps[duration]! }))
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
