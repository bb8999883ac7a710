import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { mean, share, standardDeviation, steps } from './statistics.js'

const pitchesOf = ({ notes }: Phrase): number[] => notes.map(note => note.pitch)
const bassSteps = ({ bass }: Phrase): number[] => steps(bass.map(note => note.pitch)).map(Math.abs)

/** How high the notes lie, and how the lowest voice (of every onset the lowest note, unless a lower one sounds) moves. */
export const registerFeatures: readonly Feature[] = [
  {
    name: 'mean-pitch',
    unit: 'MIDI note number',
    range: [0, 127],
    source: 'jSymbolic P-14',
    description: 'Mean pitch of all notes.',
    compute: phrase => mean(pitchesOf(phrase))
  },
  {
    name: 'pitch-variability',
    unit: 'semitones',
    range: [0, 63.5],
    source: 'jSymbolic P-24',
    description: 'Standard deviation of the pitches of all notes.',
    compute: phrase => standardDeviation(pitchesOf(phrase))
  },
  {
    name: 'lowest-pitch',
    unit: 'MIDI note number',
    range: [0, 127],
    source: 'jSymbolic P-8',
    description: 'The lowest pitch.',
    compute: ({ notes }) => notes.reduce((low, { pitch }) => Math.min(low, pitch), 127)
  },
  {
    name: 'highest-pitch',
    unit: 'MIDI note number',
    range: [0, 127],
    source: 'jSymbolic P-8',
    description: 'The highest pitch.',
    compute: ({ notes }) => notes.reduce((high, { pitch }) => Math.max(high, pitch), 0)
  },
  {
    name: 'mean-pitch-of-melody',
    unit: 'MIDI note number',
    range: [0, 127],
    source: 'jSymbolic P-14, of the top voice',
    description: 'Mean pitch of the top voice.',
    compute: ({ melody }) => mean(melody.map(note => note.pitch))
  },
  {
    name: 'mean-pitch-of-bass',
    unit: 'MIDI note number',
    range: [0, 127],
    source: 'jSymbolic P-14, of the lowest voice',
    description: 'Mean pitch of the lowest voice.',
    compute: ({ bass }) => mean(bass.map(note => note.pitch))
  },
  {
    name: 'mean-bass-interval',
    unit: 'semitones',
    range: [0, 127],
    source: 'jSymbolic T-15, in semitones',
    description: 'Mean size of the steps of the lowest voice; 0 where it has one note.',
    compute: phrase => mean(bassSteps(phrase))
  },
  {
    name: 'repeated-bass-notes',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-9, of the lowest voice',
    description: 'Part of the steps of the lowest voice that repeat the pitch; 0 where it has one note.',
    compute: phrase => share(bassSteps(phrase), size => size === 0)
  },
  {
    name: 'stepwise-bass-motion',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-11, of the lowest voice',
    description:
      'Part of the steps of the lowest voice that are minor or major seconds; 0 where it has one note.',
    compute: phrase => share(bassSteps(phrase), size => size === 1 || size === 2)
  },
  {
    name: 'bass-fourths-and-fifths',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic M-13 and M-15, of the lowest voice',
    description:
      'Part of the steps of the lowest voice that are perfect fourths or fifths; 0 where it has one note.',
    compute: phrase => share(bassSteps(phrase), size => size === 5 || size === 7)
  }
]
