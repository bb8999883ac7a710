import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { mean, slope, standardDeviation } from './statistics.js'

const velocities = ({ notes }: Phrase): number[] => notes.map(note => note.velocity)

/** How loud the notes are, as their MIDI velocities say. */
export const dynamicsFeatures: readonly Feature[] = [
  {
    name: 'mean-loudness',
    unit: 'MIDI velocity',
    range: [1, 127],
    source: 'jSymbolic D-2, its mean',
    description: 'Mean velocity of the notes.',
    compute: phrase => mean(velocities(phrase))
  },
  {
    name: 'variation-of-dynamics',
    unit: 'MIDI velocity',
    range: [0, 63],
    source: 'jSymbolic D-2',
    description: 'Standard deviation of the velocities.',
    compute: phrase => standardDeviation(velocities(phrase))
  },
  {
    name: 'slope-of-dynamics',
    unit: 'MIDI velocity per quarter note',
    range: [-Infinity, Infinity],
    source: 'Gabrielsson & Lindström 2010: crescendo and decrescendo',
    description: 'Slope of the least-squares line through the velocities; 0 where there is one onset.',
    compute: ({ notes, startTick, ticksPerQuarter }) =>
      slope(notes.map(note => [(note.startTick - startTick) / ticksPerQuarter, note.velocity]))
  },
  {
    name: 'melody-accent',
    unit: 'MIDI velocity',
    range: [-126, 126],
    source: 'jSymbolic T-9, as a difference',
    description: 'Mean velocity of the top voice less that of all notes.',
    compute: phrase => mean(phrase.melody.map(note => note.velocity)) - mean(velocities(phrase))
  }
]
