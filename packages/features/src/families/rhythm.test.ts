import { describe, it } from 'vitest'
import { expectFamily, expectValues, note, tune } from '../../test/phrases.js'
import { rhythmFeatures } from './rhythm.js'

describe('rhythm', () => {
  it('measures the lengths of notes and the times between onsets', () => {
    // Lengths: three quarters, four halves, two eighths, one whole. Between onsets: 1 1 2 1 ½ ½.
    expectFamily(rhythmFeatures, tune, {
      'mean-rhythmic-value': 1.6,
      'rhythmic-value-variability': Math.sqrt(0.99),
      'rhythmic-value-entropy':
        0.3 * Math.log2(10 / 3) + 0.4 * Math.log2(10 / 4) + 0.2 * Math.log2(5) + 0.1 * Math.log2(10),
      'prevalence-of-short-rhythmic-values': 2 / 10,
      'prevalence-of-long-rhythmic-values': 5 / 10,
      'variability-of-time-between-onsets': 0.5,
      'rhythmic-entropy': 0.5 + Math.log2(6) / 6 + Math.log2(3) / 3,
      syncopation: 0
    })
  })

  it('draws the lines at the dotted eighth and the dotted quarter', () => {
    const notes = [note(60, 0, 0.74), note(60, 1, 0.75), note(60, 2, 1.5), note(60, 4, 1.625)]
    expectValues(notes, {
      // 0.74 quarters are nearest to a dotted eighth.
      'prevalence-of-short-rhythmic-values': 0,
      'prevalence-of-long-rhythmic-values': 1 / 4
    })
    expectValues([note(60, 0, 0.625)], { 'prevalence-of-short-rhythmic-values': 1 })
  })

  it('finds the off-beat in 3 + 3 + 2', () => {
    // The second onset, on the fourth eighth, passes over the middle of the bar, two levels up.
    const notes = [note(60, 0, 1.5), note(60, 1.5, 1.5), note(60, 3, 1), note(60, 4, 1)]
    expectValues(notes, { syncopation: 2 / 3 })
  })

  it('answers for a single note', () => {
    expectFamily(rhythmFeatures, [note(60, 1, 2)], {
      'mean-rhythmic-value': 2,
      'rhythmic-value-variability': 0,
      'rhythmic-value-entropy': 0,
      'prevalence-of-short-rhythmic-values': 0,
      'prevalence-of-long-rhythmic-values': 1,
      'variability-of-time-between-onsets': 0,
      'rhythmic-entropy': 0,
      syncopation: 0
    })
  })
})
