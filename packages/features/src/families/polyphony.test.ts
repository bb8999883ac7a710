import { describe, it } from 'vitest'
import { expectFamily, note, tune } from '../../test/phrases.js'
import { polyphonyFeatures } from './polyphony.js'

describe('polyphony', () => {
  it('hears two voices all the time', () => {
    expectFamily(polyphonyFeatures, tune, {
      'average-number-of-simultaneous-pitches': 2,
      'notes-per-onset': 10 / 7,
      'complete-rests-fraction': 0
    })
  })

  it('leaves rests out of the mean and counts a doubled pitch once', () => {
    // One quarter of three pitches, one of a single one, two of rest, one of a single one.
    const notes = [note(60, 0, 2), note(60, 0, 1), note(64, 0, 1), note(67, 0, 1), note(60, 4, 1)]
    expectFamily(polyphonyFeatures, notes, {
      'average-number-of-simultaneous-pitches': 5 / 3,
      'notes-per-onset': 4 / 2,
      'complete-rests-fraction': 2 / 5
    })
  })
})
