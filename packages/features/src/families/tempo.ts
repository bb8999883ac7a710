import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'

const bpm = 'quarter notes per minute'

/** Mean over the seconds of the phrase. */
function meanOverTime({ clock, startTick, endTick }: Phrase, measure: (tempoBpm: number) => number): number {
  let sum = 0
  let total = 0
  for (const { tempoBpm, seconds } of clock.temposBetween(startTick, endTick)) {
    sum += measure(tempoBpm) * seconds
    total += seconds
  }
  return sum / total
}

/** The tempo as it is written, over the time of the phrase. */
export const tempoFeatures: readonly Feature[] = [
  {
    name: 'mean-tempo',
    unit: bpm,
    range: [1, 60e6],
    source: 'jSymbolic RT-2',
    description: 'Quarter notes over minutes, which is the mean tempo by time.',
    compute: ({ quarters, seconds }) => (60 * quarters) / seconds
  },
  {
    name: 'tempo-variability',
    unit: bpm,
    range: [0, 60e6],
    source: 'jSymbolic RT-3, by time',
    description: 'Standard deviation of the tempo, by time.',
    compute: phrase => {
      const average = meanOverTime(phrase, tempoBpm => tempoBpm)
      return Math.sqrt(meanOverTime(phrase, tempoBpm => (tempoBpm - average) ** 2))
    }
  }
]
