import { describe, it } from 'vitest'
import { expectFamily, note, tune } from '../../test/phrases.js'
import { densityFeatures } from './density.js'

describe('density', () => {
  it('counts ten notes and seven onsets in 32 sixteenths and four seconds', () => {
    expectFamily(densityFeatures, tune, {
      'note-density': 10 / 4,
      'note-density-per-step': 10 / 32,
      'onset-density': 7 / 4,
      'onset-density-per-step': 7 / 32
    })
  })

  it('counts a spread chord as one onset, from its first note on', () => {
    const chord = [note(60, 7, 1), note(64, 7.05, 0.95), note(67, 7.0625, 0.9375)]
    expectFamily(densityFeatures, chord, {
      'note-density': 3 / 0.5,
      'note-density-per-step': 3 / 4,
      'onset-density': 2 / 0.5,
      'onset-density-per-step': 2 / 4
    })
  })
})
