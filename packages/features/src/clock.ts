import type { DescribeOptions, TempoMark } from './types.js'

const defaultBpm = 120

/** Ticks to seconds. */
export interface Clock {
  secondsBetween(startTick: number, endTick: number): number
  /** The tempos from one tick to a later one, each with the seconds that it lasts there. */
  temposBetween(startTick: number, endTick: number): { tempoBpm: number; seconds: number }[]
}

export function createClock({ ticksPerQuarter, tempos = [] }: DescribeOptions): Clock {
  const marks: readonly TempoMark[] =
    tempos[0]?.tick === 0 ? tempos : [{ tick: 0, tempoBpm: defaultBpm }, ...tempos]
  const temposBetween: Clock['temposBetween'] = (startTick, endTick) => {
    const found = []
    for (let index = lastAtOrBefore(marks, startTick); index < marks.length; index++) {
      const { tick, tempoBpm } = marks[index]!
      const from = Math.max(tick, startTick)
      const to = Math.min(marks[index + 1]?.tick ?? endTick, endTick)
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

/** The index of the last mark that is not after `tick`; the first one must not be. */
export function lastAtOrBefore(marks: readonly { readonly tick: number }[], tick: number): number {
  let low = 0
  let high = marks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (marks[middle]!.tick <= tick) low = middle
    else high = middle - 1
  }
  return low
}
