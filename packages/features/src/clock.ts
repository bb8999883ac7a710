import type { DescribeOptions, TempoMark } from './types.js'

const defaultBpm = 120

/** Ticks to seconds. */
export interface Clock {
  secondsAt(tick: number): number
  /** The tempos from one tick to another, each with the seconds that it lasts there. */
  temposBetween(startTick: number, endTick: number): { tempoBpm: number; seconds: number }[]
}

export function createClock({ ticksPerQuarter, tempos = [] }: DescribeOptions): Clock {
  const marks: readonly TempoMark[] =
    tempos[0]?.tick === 0 ? tempos : [{ tick: 0, tempoBpm: defaultBpm }, ...tempos]
  const secondsPerTick = (mark: TempoMark): number => 60 / (mark.tempoBpm * ticksPerQuarter)
  const starts = [0]
  for (let index = 1; index < marks.length; index++) {
    const before = marks[index - 1]!
    starts.push(starts[index - 1]! + (marks[index]!.tick - before.tick) * secondsPerTick(before))
  }
  return {
    secondsAt(tick) {
      const index = lastAtOrBefore(marks, tick)
      const mark = marks[index]!
      return starts[index]! + (tick - mark.tick) * secondsPerTick(mark)
    },
    temposBetween(startTick, endTick) {
      const found = []
      for (let index = lastAtOrBefore(marks, startTick); index < marks.length; index++) {
        const mark = marks[index]!
        const from = Math.max(mark.tick, startTick)
        const to = Math.min(marks[index + 1]?.tick ?? endTick, endTick)
        if (from >= to) break
        found.push({ tempoBpm: mark.tempoBpm, seconds: (to - from) * secondsPerTick(mark) })
      }
      return found
    }
  }
}

/** The index of the last mark that is not after `tick`; the first mark is at tick 0. */
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
