import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { countValues, entropy, mean, share, standardDeviation, steps } from './statistics.js'

/** Semitones from each note of the top voice to the next. */
function melodicIntervals({ melody }: Phrase): number[] {
  return steps(melody.map(note => note.pitch))
}

function shareOfSteps(phrase: Phrase, passes: (semitones: number) => boolean): number {
  return share(melodicIntervals(phrase), step => passes(Math.abs(step)))
}

/** The top voice: of every onset the highest note, unless a higher one still sounds. */
export const melodyFeatures: readonly Feature[] = [
  {
    name: 'mean-melodic-interval',
    unit: 'semitones',
    range: [0, 127],
    source: 'jSymbolic M-3, of the top voice',
    description: 'Mean size of the steps of the top voice; 0 where it has one note.',
    compute: phrase => mean(melodicIntervals(phrase).map(Math.abs))
  },
  {
    name: 'repeated-notes',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-9, of the top voice',
    description: 'Part of the steps of the top voice that repeat the pitch; 0 where it has one note.',
    compute: phrase => shareOfSteps(phrase, size => size === 0)
  },
  {
    name: 'chromatic-motion',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-10, of the top voice',
    description: 'Part of the steps of the top voice that are semitones; 0 where it has one note.',
    compute: phrase => shareOfSteps(phrase, size => size === 1)
  },
  {
    name: 'stepwise-motion',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-11, of the top voice',
    description:
      'Part of the steps of the top voice that are minor or major seconds; 0 where it has one note.',
    compute: phrase => shareOfSteps(phrase, size => size === 1 || size === 2)
  },
  {
    name: 'direction-of-melodic-motion',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-22, of the top voice',
    description: 'Part of the steps of the top voice to another pitch that rise; 0.5 where there is none.',
    compute: phrase => {
      const moves = melodicIntervals(phrase).filter(step => step !== 0)
      return moves.length === 0 ? 0.5 : share(moves, step => step > 0)
    }
  },
  {
    name: 'melodic-pitch-variability',
    unit: 'semitones',
    range: [0, 63.5],
    source: 'jSymbolic P-24, of the top voice',
    description: 'Standard deviation of the pitches of the top voice.',
    compute: ({ melody }) => standardDeviation(melody.map(note => note.pitch))
  },
  {
    name: 'melodic-interval-entropy',
    unit: 'bits',
    range: [0, Math.log2(255)],
    source: 'Youngblood 1958',
    description: 'Entropy of the steps of the top voice, up and down told apart; 0 where it has one note.',
    compute: phrase => entropy(countValues(melodicIntervals(phrase)).values())
  }
]
