import { percussionChannel } from '../score/heard-notes.js'
import type { Score } from '../score/types.js'
import { durationSteps, durationUnits, durationUnitsPerQuarter, nearestDuration } from '../words/durations.js'
import { nearestStep } from '../words/quantise.js'

/** A note as the words of a piece write it. */
export interface WrittenNote {
  /** The time step in which it begins. */
  readonly step: number
  readonly pitch: number
  readonly velocity: number
  /** Its written length in quarter notes, and the time steps that it touches. */
  readonly quarters: number
  readonly steps: number
  readonly program: number
  readonly isPitched: boolean
}

/** The notes of a score on the grid of time steps, by step, then pitch; one of each pitch in a step, the longest. */
export function writtenNotes({ notes, ticksPerQuarter }: Score): WrittenNote[] {
  return notes
    .map(note => {
      const duration = nearestDuration(note.durationTicks, ticksPerQuarter)
      return {
        step: nearestStep(note.startTick, ticksPerQuarter),
        pitch: note.pitch,
        velocity: note.velocity,
        quarters: durationUnits[duration]! / durationUnitsPerQuarter,
        steps: durationSteps[duration]!,
        program: note.program,
        isPitched: note.channel !== percussionChannel
      }
    })
    .sort((a, b) => a.step - b.step || a.pitch - b.pitch || b.quarters - a.quarters)
    .filter((note, index, all) => {
      const previous = all[index - 1]
      return note.step !== previous?.step || note.pitch !== previous.pitch
    })
}
