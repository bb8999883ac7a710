import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { mean, share, standardDeviation } from './statistics.js'

/** A note that lasts much longer than to the next onset is held; how much longer says nothing more about articulation. */
const greatestRatio = 2

/** Length over the time to the next note, of every note of the top voice but the last. */
function ratios({ melody }: Phrase): number[] {
  return melody.slice(0, -1).map((note, index) => {
    const time = melody[index + 1]!.startTick - note.startTick
    return Math.min(greatestRatio, note.durationTicks / time)
  })
}

function seconds({ notes, clock }: Phrase): number[] {
  return notes.map(note => clock.secondsBetween(note.startTick, note.startTick + note.durationTicks))
}

/** Detached or bound, and how long notes sound. */
export const articulationFeatures: readonly Feature[] = [
  {
    name: 'articulation-ratio',
    unit: '1',
    range: [0, greatestRatio],
    source: 'Bresin & Friberg 2000',
    description:
      'Mean of length over time to the next note in the top voice, at most 2 for each: small is staccato, 1 legato; 1 where there is one note.',
    compute: phrase => {
      const found = ratios(phrase)
      return found.length === 0 ? 1 : mean(found)
    }
  },
  {
    name: 'articulation-variability',
    unit: '1',
    range: [0, greatestRatio / 2],
    source: 'Bresin & Friberg 2000; Juslin 2000',
    description:
      'Standard deviation of length over time to the next note in the top voice, at most 2 for each.',
    compute: phrase => standardDeviation(ratios(phrase))
  },
  {
    name: 'staccato-share',
    unit: 'share',
    range: [0, 1],
    source: 'Bresin & Friberg 2000',
    description:
      'Part of the notes of the top voice, but the last, that last less than 0.6 of the time to the next note; 0 where there is one.',
    compute: phrase => share(ratios(phrase), ratio => ratio < 0.6)
  },
  {
    name: 'average-note-duration',
    unit: 'seconds',
    range: [0, Infinity],
    source: 'jSymbolic RT-13',
    description: 'Mean length of the notes.',
    compute: phrase => mean(seconds(phrase))
  }
]
