import type { TriadQuality } from '../phrase/harmony.js'
import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { share } from './statistics.js'

/** Consonance of a dyad by its interval class, 1–6, in standard deviations. */
const dyadConsonance = [0, -1.428, -0.582, 0.594, 0.386, 1.24, -0.453]

/** The part of all intervals that are of certain sizes modulo 12; `0` where there is no interval. */
function shareOfIntervals({ intervals }: Phrase, sizes: readonly number[]): number {
  const total = intervals.reduce((sum, ticks) => sum + ticks, 0)
  return total === 0 ? 0 : sizes.reduce((sum, size) => sum + intervals[size]!, 0) / total
}

function shareOfHarmonies({ harmonies }: Phrase, qualities: readonly TriadQuality[]): number {
  return share(harmonies, quality => quality !== undefined && qualities.includes(quality))
}

const shareOf = (name: string, code: string, sizes: readonly number[], what: string): Feature => ({
  name,
  unit: 'share',
  range: [0, 1],
  source: `jSymbolic ${code}`,
  description: `Part of all intervals between pitches that sound together, by time, that are ${what}; 0 where there is none.`,
  compute: phrase => shareOfIntervals(phrase, sizes)
})

/** Intervals between pitches that sound together, wrapped to an octave, and triads. */
export const intervalFeatures: readonly Feature[] = [
  {
    name: 'dyad-consonance',
    unit: 'standard deviations',
    range: [-1.428, 1.24],
    source: 'Huron 1994',
    description:
      "Mean of Huron's consonance over all pairs of different pitch classes that sound together, by time; 0 where there is none.",
    compute: ({ intervals }) => {
      let total = 0
      let sum = 0
      for (let size = 1; size < 12; size++) {
        total += intervals[size]!
        sum += intervals[size]! * dyadConsonance[Math.min(size, 12 - size)]!
      }
      return total === 0 ? 0 : sum / total
    }
  },
  shareOf('vertical-dissonance', 'C-24, as a share', [1, 2, 6, 10, 11], 'seconds, tritones or sevenths'),
  shareOf('vertical-tritones', 'C-17', [6], 'tritones'),
  shareOf('vertical-thirds-and-sixths', 'C-16 and C-20', [3, 4, 8, 9], 'thirds or sixths'),
  shareOf('vertical-perfect-intervals', 'C-23', [5, 7], 'fourths or fifths'),
  {
    name: 'major-harmony',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic C-29 and C-35, also of broken chords; matched as Fujishima 1999',
    description:
      'Part of the half bars with an onset (bars of up to three quarters whole) whose triad is major.',
    compute: phrase => shareOfHarmonies(phrase, ['major'])
  },
  {
    name: 'minor-harmony',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic C-29 and C-35, also of broken chords; matched as Fujishima 1999',
    description:
      'Part of the half bars with an onset (bars of up to three quarters whole) whose triad is minor.',
    compute: phrase => shareOfHarmonies(phrase, ['minor'])
  },
  {
    name: 'diminished-and-augmented-harmony',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic C-30, also of broken chords; matched as Fujishima 1999',
    description:
      'Part of the half bars with an onset (bars of up to three quarters whole) whose triad is diminished or augmented.',
    compute: phrase => shareOfHarmonies(phrase, ['diminished', 'augmented'])
  }
]
