import type { Note } from '../score/types.js'
import { nearestStep } from './quantise.js'

/** A note as the words say it. */
export interface StepNote extends Pick<Note, 'pitch' | 'velocity' | 'channel' | 'program'> {
  /** The time step in which it begins. */
  readonly step: number
  /** Index of the duration, in the vocabulary's order. */
  readonly duration: number
  /** Of two notes of one pitch in one step, the one that comes first here stays. */
  readonly ticks: number
}

/**
 * The notes that are said, in the order in which they are said.
 *
 * @param durationOf The index of the duration of so many ticks.
 */
export function stepNotes(
  notes: readonly Note[],
  ticksPerQuarter: number,
  durationOf: (ticks: number, ticksPerQuarter: number) => number
): StepNote[] {
  return notes
    .map(({ pitch, velocity, startTick, durationTicks, channel, program }) => ({
      step: nearestStep(startTick, ticksPerQuarter),
      duration: durationOf(durationTicks, ticksPerQuarter),
      ticks: durationTicks,
      ...{ pitch, velocity, channel, program }
    }))
    .sort((a, b) => a.step - b.step || a.pitch - b.pitch || b.ticks - a.ticks || b.velocity - a.velocity)
    .filter((note, index, all) => {
      const previous = all[index - 1]
      return note.step !== previous?.step || note.pitch !== previous.pitch
    })
}
