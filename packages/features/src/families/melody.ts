import type { Feature } from '../feature.js'
import type { Phrase } from '../phrase.js'
import { countValues, entropy, mean, share, slope, standardDeviation, steps } from '../statistics.js'

/** Semitones from each note of the top voice to the next. */
function melodicIntervals({ melody }: Phrase): number[] {
  return steps(melody.map(note => note.pitch))
}

function shareOfSteps(phrase: Phrase, passes: (semitones: number) => boolean): number {
  return share(melodicIntervals(phrase), step => passes(Math.abs(step)))
}

/** How many notes each run in one direction spans, repeated notes aside. */
function arcs(phrase: Phrase): number[] {
  const lengths: number[] = []
  let direction = 0
  for (const step of melodicIntervals(phrase)) {
    if (step === 0) continue
    if (Math.sign(step) === direction) lengths[lengths.length - 1]!++
    else lengths.push(1)
    direction = Math.sign(step)
  }
  return lengths
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
    name: 'melodic-leaps',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-15 to M-19, of the top voice',
    description: 'Part of the steps of the top voice that are a fifth or larger; 0 where it has one note.',
    compute: phrase => shareOfSteps(phrase, size => size >= 7)
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
    name: 'average-length-of-melodic-arcs',
    unit: 'steps',
    range: [0, Infinity],
    source: 'jSymbolic M-23, of the top voice',
    description:
      'Mean number of steps that the top voice takes before it turns, repeated notes aside; 0 where it never moves.',
    compute: phrase => mean(arcs(phrase))
  },
  {
    name: 'melodic-slope',
    unit: 'semitones per quarter note',
    range: [-Infinity, Infinity],
    source: 'Gabrielsson & Lindström 2010',
    description:
      'Slope of the least-squares line through the pitches of the top voice; 0 where it has one note.',
    compute: ({ melody, startTick, ticksPerQuarter }) =>
      slope(melody.map(note => [(note.startTick - startTick) / ticksPerQuarter, note.pitch]))
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
