import type { Feature } from '../feature.js'

/** How much happens in how much time. A phrase lasts from its first onset to the end of its last sound. */
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
  },
  {
    name: 'note-density-variability',
    unit: 'notes per quarter note',
    range: [0, Infinity],
    source: 'jSymbolic R-12, in windows of a quarter note',
    description:
      'Standard deviation of the number of notes that begin in each quarter note, counted from the first onset.',
    compute: ({ notes, startTick, quarters, ticksPerQuarter }) => {
      const windows = Math.ceil(quarters)
      const counts = new Map<number, number>()
      for (const note of notes) {
        const window = Math.floor((note.startTick - startTick) / ticksPerQuarter)
        counts.set(window, (counts.get(window) ?? 0) + 1)
      }
      // Windows without notes are counted, not listed: a single long note may span millions.
      let squares = 0
      for (const count of counts.values()) squares += count ** 2
      return Math.sqrt(Math.max(0, squares / windows - (notes.length / windows) ** 2))
    }
  }
]
