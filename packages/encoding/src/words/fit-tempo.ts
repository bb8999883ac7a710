import { createClock, lengthTicks } from '../score/time.js'
import type { Score, TempoChange } from '../score/types.js'
import { isTempoInRange } from './quantise.js'

/** The beat of a piece. */
export interface Beat {
  /** May be a fraction. */
  readonly ticksPerQuarter: number
  readonly tempos: readonly TempoChange[]
}

/** Doublings of the beat that bring any tempo of a score (3.58 to 60,000,000 bpm) within 24…160, the smallest first. */
const doublings = [0, 1, -1, 2, -2, 3, -3, ...Array.from({ length: 16 }, (_, index) => index + 4)]

/**
 * A beat that is longer or shorter by a power of two, so that the tempo lies within 24…160 bpm for as many seconds as
 * possible and the piece takes as long as before; of several such beats the one that changes least, the longer first.
 */
export function fitTempo(score: Score): Beat {
  const tempos = createClock(score).temposBetween(0, lengthTicks(score))
  let best = { factor: 1, fitting: -1 }
  for (const doubling of doublings) {
    const factor = 2 ** doubling
    const fitting = tempos.reduce((sum, { tempoBpm, seconds }) => {
      return isTempoInRange(tempoBpm / factor) ? sum + seconds : sum
    }, 0)
    if (fitting > best.fitting) best = { factor, fitting }
  }
  return {
    ticksPerQuarter: score.ticksPerQuarter * best.factor,
    tempos: score.tempos.map(({ tick, tempoBpm }) => ({ tick, tempoBpm: tempoBpm / best.factor }))
  }
}
