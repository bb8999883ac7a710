import type { Feature } from './feature.js'

/** Notes and onsets per time. A phrase lasts from its first onset to the end of its last sound. */
export const densityFeatures: readonly Feature[] = [
  {
    name: 'note-density',
    unit: 'notes per second',
    range: [0, Infinity],
    source: 'jSymbolic RT-5',
    description: 'Notes over the length of the phrase in seconds.',
    compute: ({ notes, seconds }) => notes.length / seconds
  },
  {
    name: 'note-density-per-step',
    unit: 'notes per time step',
    range: [0, Infinity],
    source: 'jSymbolic R-10, per sixteenth',
    description: 'Notes over the length of the phrase in sixteenths.',
    compute: ({ notes, quarters }) => notes.length / (4 * quarters)
  },
  {
    name: 'onset-density',
    unit: 'onsets per second',
    range: [0, Infinity],
    source: 'jSymbolic RT-7, inverted',
    description:
      'Onsets over the length of the phrase in seconds; notes less than a 64th apart are one onset.',
    compute: ({ onsets, seconds }) => onsets.length / seconds
  },
  {
    name: 'onset-density-per-step',
    unit: 'onsets per time step',
    range: [0, Infinity],
    source: 'jSymbolic R-10, of onsets, per sixteenth',
    description: 'Onsets over the length of the phrase in sixteenths.',
    compute: ({ onsets, quarters }) => onsets.length / (4 * quarters)
  }
]
