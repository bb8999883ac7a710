import type { Feature } from './feature.js'
import { entropy } from './statistics.js'

const krumhansl = 'Krumhansl & Kessler 1982'

/** Semitones above the tonic that the key uses; in minor those of the natural and the melodic scale. */
const scales = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 9, 10, 11] }

/** Steps from the tonic along the line of fifths by semitones above it; the tritone, six steps either way, is left at 0. */
const fifths = [0, -5, 2, -3, 4, -1, 0, 1, -4, 3, -2, 5]

const degrees = [
  'tonic',
  'minor-second',
  'major-second',
  'minor-third',
  'major-third',
  'perfect-fourth',
  'tritone',
  'perfect-fifth',
  'minor-sixth',
  'major-sixth',
  'minor-seventh',
  'major-seventh'
]

/** The difference of two numbers as a share of their sum, from −1 to 1; `0` where both are 0. */
function contrast(one: number, other: number): number {
  return one + other === 0 ? 0 : (one - other) / (one + other)
}

/** Key, mode and pitch classes. Notes count by their length. */
export const modeFeatures: readonly Feature[] = [
  {
    name: 'major-key-strength',
    unit: '1',
    range: [-1, 1],
    source: krumhansl,
    description:
      'Correlation of the pitch-class histogram with the best of the 12 major profiles; 0 where it is flat.',
    compute: ({ tonality }) => Math.max(...tonality.majorStrengths)
  },
  {
    name: 'minor-key-strength',
    unit: '1',
    range: [-1, 1],
    source: krumhansl,
    description:
      'Correlation of the pitch-class histogram with the best of the 12 minor profiles; 0 where it is flat.',
    compute: ({ tonality }) => Math.max(...tonality.minorStrengths)
  },
  {
    name: 'mode-difference',
    unit: '1',
    range: [-2, 2],
    source: krumhansl,
    description: 'major-key-strength less minor-key-strength.',
    compute: ({ tonality }) => Math.max(...tonality.majorStrengths) - Math.max(...tonality.minorStrengths)
  },
  {
    name: 'key-clarity',
    unit: '1',
    range: [0, 2],
    source: krumhansl,
    description: 'Correlation of the best key less that of the second best.',
    compute: ({ tonality: { majorStrengths, minorStrengths } }) => {
      const [best, second] = [...majorStrengths, ...minorStrengths].sort((a, b) => b - a)
      return best! - second!
    }
  },
  ...degrees.map(
    (degree, semitones): Feature => ({
      name: `share-of-${degree}`,
      unit: 'share',
      range: [0, 1],
      source: 'jSymbolic P-2, from the tonic instead of C',
      description: `Part of the sounding of all notes that is the ${degree}${semitones === 0 ? '' : ' above the tonic'} of the estimated key.`,
      compute: ({ tonality }) => tonality.degreeShares[semitones]!
    })
  ),
  {
    name: 'third-contrast',
    unit: '1',
    range: [-1, 1],
    source: 'Gabrielsson & Lindström 2010',
    description:
      'Sounding of the major third above the tonic less that of the minor third, over their sum; 0 where there is neither.',
    compute: ({ tonality: { degreeShares } }) => contrast(degreeShares[4]!, degreeShares[3]!)
  },
  {
    name: 'modal-brightness',
    unit: 'fifths',
    range: [-5, 5],
    source: 'Temperley & Tan 2013',
    description:
      'Mean position of the notes on the line of fifths from the tonic: sharp side positive (Lydian), flat side negative (Phrygian); the tritone counts 0.',
    compute: ({ tonality: { degreeShares } }) =>
      degreeShares.reduce((sum, share, semitones) => sum + share * fifths[semitones]!, 0)
  },
  {
    name: 'chromaticism',
    unit: 'share',
    range: [0, 1],
    source: 'Gabrielsson & Lindström 2010',
    description:
      "Part of the sounding of all notes outside the estimated key's scale: major, or natural and melodic minor together.",
    compute: ({ tonality: { degreeShares, mode } }) => outsideScale(degreeShares, scales[mode])
  },
  {
    name: 'pitch-class-entropy',
    unit: 'bits',
    range: [0, Math.log2(12)],
    source: 'Youngblood 1958',
    description: 'Entropy of the pitch classes.',
    compute: ({ tonality }) => entropy(tonality.degreeShares)
  }
]

function outsideScale(degreeShares: readonly number[], scale: readonly number[]): number {
  return degreeShares.reduce((sum, share, semitones) => (scale.includes(semitones) ? sum : sum + share), 0)
}
