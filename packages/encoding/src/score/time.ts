import { firstIndex } from '@vgm/base'
import type { Note, Score, TempoChange } from './types.js'

/** The tempo of a file that does not name one. */
export const defaultTempo: TempoChange = { tick: 0, tempoBpm: 120 }

/** The tempos of a piece. A {@link Score} is one. */
export interface TempoMap {
  readonly ticksPerQuarter: number
  /** By ascending tick. 120 bpm until the first. */
  readonly tempos?: readonly TempoChange[]
}

/** Turns ticks into seconds. */
export interface Clock {
  /** The seconds from one tick to a later one. */
  secondsBetween(startTick: number, endTick: number): number
  /** The tempos from one tick to a later one, in order, each with the seconds that it lasts there. */
  temposBetween(startTick: number, endTick: number): { tempoBpm: number; seconds: number }[]
}

/** The clock of a piece, for many questions about one; {@link secondsAt} answers a single one. */
export function createClock({ ticksPerQuarter, tempos = [] }: TempoMap): Clock {
  const changes = tempos[0]?.tick === 0 ? tempos : [defaultTempo, ...tempos]
  const temposBetween: Clock['temposBetween'] = (startTick, endTick) => {
    const found = []
    const first = firstIndex(changes.length, index => changes[index]!.tick > startTick) - 1
    for (let index = first; index < changes.length; index++) {
      const { tick, tempoBpm } = changes[index]!
      const from = Math.max(tick, startTick)
      const to = Math.min(changes[index + 1]?.tick ?? endTick, endTick)
      if (from >= to) break
      found.push({ tempoBpm, seconds: ((to - from) * 60) / (tempoBpm * ticksPerQuarter) })
    }
    return found
  }
  return {
    temposBetween,
    // Summed, since the difference of two late times could round to 0.
    secondsBetween: (startTick, endTick) =>
      temposBetween(startTick, endTick).reduce((sum, { seconds }) => sum + seconds, 0)
  }
}

/** A time in ticks as seconds from the start of the score, with every change of tempo. */
export function secondsAt(score: TempoMap, tick: number): number {
  return createClock(score).secondsBetween(0, tick)
}

/** Notes with an onset and a length; a {@link Score} has them. */
export interface HasNotes {
  readonly notes: readonly Pick<Note, 'startTick' | 'durationTicks'>[]
}

/** When the last note ends, in ticks from the start of the score; 0 where there is no note. */
export function lengthTicks({ notes }: HasNotes): number {
  return notes.reduce((latest, note) => Math.max(latest, note.startTick + note.durationTicks), 0)
}

/** When the last note ends, in seconds from the start of the score, with every change of tempo. */
export function lengthSeconds(score: Score): number {
  return secondsAt(score, lengthTicks(score))
}

/** The mean tempo from tick 0 to the end of the last note, of which there must be one, in quarter notes per minute. */
export function meanTempoBpm(score: Score): number {
  return ((lengthTicks(score) / score.ticksPerQuarter) * 60) / lengthSeconds(score)
}
