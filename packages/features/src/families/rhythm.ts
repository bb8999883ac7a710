import type { Phrase } from '../phrase/phrase.js'
import { syncopations } from '../phrase/syncopation.js'
import type { Feature } from './feature.js'
import { countValues, entropy, mean, share, standardDeviation, steps } from './statistics.js'

/** Lengths of the notes in quarter notes. */
const lengths = ({ notes, ticksPerQuarter }: Phrase): number[] =>
  notes.map(note => note.durationTicks / ticksPerQuarter)

/** Lengths in whole 32nd notes, at least one: what tells rhythmic values apart. */
const rhythmicValues = (phrase: Phrase): number[] =>
  lengths(phrase).map(quarters => Math.max(1, Math.round(quarters * 8)))

/** From each onset to the next, in quarter notes. */
const gaps = ({ onsets, ticksPerQuarter }: Phrase): number[] =>
  steps(onsets.map(onset => onset.tick)).map(ticks => ticks / ticksPerQuarter)

/** Lengths of notes, and when they begin. */
export const rhythmFeatures: readonly Feature[] = [
  {
    name: 'mean-rhythmic-value',
    unit: 'quarter notes',
    range: [0, Infinity],
    source: 'jSymbolic R-25, not quantised',
    description: 'Mean length of the notes.',
    compute: phrase => mean(lengths(phrase))
  },
  {
    name: 'rhythmic-value-variability',
    unit: 'quarter notes',
    range: [0, Infinity],
    source: 'jSymbolic R-30, not quantised',
    description: 'Standard deviation of the lengths of the notes.',
    compute: phrase => standardDeviation(lengths(phrase))
  },
  {
    name: 'rhythmic-value-entropy',
    unit: 'bits',
    range: [0, Infinity],
    source: 'jSymbolic R-13, its entropy',
    description: 'Entropy of the lengths of the notes, rounded to 32nds.',
    compute: phrase => entropy(countValues(rhythmicValues(phrase)).values())
  },
  {
    name: 'prevalence-of-short-rhythmic-values',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic R-18',
    description: 'Part of the notes that are shorter than a dotted eighth.',
    compute: phrase => share(rhythmicValues(phrase), value => value < 6)
  },
  {
    name: 'prevalence-of-long-rhythmic-values',
    unit: 'share',
    range: [0, 1],
    source: 'jSymbolic R-20',
    description: 'Part of the notes that are longer than a dotted quarter.',
    compute: phrase => share(rhythmicValues(phrase), value => value > 12)
  },
  {
    name: 'variability-of-time-between-onsets',
    unit: '1',
    range: [0, Infinity],
    source: 'jSymbolic RT-9, over RT-7',
    description:
      'Standard deviation of the time from an onset to the next over its mean; 0 where there is one onset.',
    compute: phrase => {
      const between = gaps(phrase)
      return between.length === 0 ? 0 : standardDeviation(between) / mean(between)
    }
  },
  {
    name: 'rhythmic-entropy',
    unit: 'bits',
    range: [0, Infinity],
    source: 'jSymbolic R-13, of onsets, its entropy',
    description:
      'Entropy of the times between onsets, rounded to 32nds; 0 where there are fewer than three onsets.',
    compute: phrase => entropy(countValues(gaps(phrase).map(gap => Math.round(gap * 8))).values())
  },
  {
    name: 'syncopation',
    unit: 'metrical levels',
    range: [0, Infinity],
    source: 'Longuet-Higgins & Lee 1984',
    description:
      'Mean over all onsets but the last of how much stronger the strongest position is that passes without an onset before the next one; 0 where there is one onset.',
    compute: ({ onsets, metre, ticksPerQuarter }) =>
      mean(
        syncopations(
          onsets.map(onset => onset.tick),
          metre,
          ticksPerQuarter
        )
      )
  }
]
