import type { Phrase } from '../phrase/phrase.js'
import type { Slice } from '../phrase/slices.js'
import type { Feature } from './feature.js'
import { mean } from './statistics.js'

/** Mean over the sounding time. */
function meanOverTime({ slices }: Phrase, measure: (slice: Slice) => number): number {
  let sum = 0
  let ticks = 0
  for (const slice of slices) {
    if (slice.pitches.length === 0) continue
    sum += measure(slice) * slice.ticks
    ticks += slice.ticks
  }
  return sum / ticks
}

/** How many pitches sound at once. */
export const polyphonyFeatures: readonly Feature[] = [
  {
    name: 'average-number-of-simultaneous-pitches',
    unit: 'pitches',
    range: [1, 128],
    source: 'jSymbolic C-6',
    description: 'Mean number of different pitches that sound at once, by time, rests aside.',
    compute: phrase => meanOverTime(phrase, ({ pitches }) => pitches.length)
  },
  {
    name: 'notes-per-onset',
    unit: 'notes',
    range: [1, Infinity],
    source: 'jSymbolic C-6, of onsets',
    description: 'Mean number of notes that begin together.',
    compute: ({ onsets }) => mean(onsets.map(({ notes }) => notes.length))
  },
  {
    name: 'complete-rests-fraction',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic R-41',
    description: 'Part of the time in which nothing sounds.',
    compute: ({ slices, startTick, endTick }) =>
      slices.reduce((sum, slice) => (slice.pitches.length === 0 ? sum + slice.ticks : sum), 0) /
      (endTick - startTick)
  }
]
