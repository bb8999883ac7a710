import { describe, it } from 'vitest'
import { expectFamily, expectValues, line, note, tune } from '../../test/phrases.js'
import { melodyFeatures } from './melody.js'

describe('melody', () => {
  it('measures the steps 4 3 −2 −1 −2 −2 of the top voice', () => {
    expectFamily(melodyFeatures, tune, {
      'mean-melodic-interval': 14 / 6,
      'repeated-notes': 0,
      'chromatic-motion': 1 / 6,
      'stepwise-motion': 4 / 6,
      'direction-of-melodic-motion': 2 / 6,
      'melodic-pitch-variability': 2.415933503612538,
      'melodic-interval-entropy': 0.5 * Math.log2(6) + 0.5
    })
  })

  it('tells repeated notes from steps', () => {
    expectFamily(melodyFeatures, line([60, 60, 61, 61, 61], 1), {
      'mean-melodic-interval': 1 / 4,
      'repeated-notes': 3 / 4,
      'chromatic-motion': 1 / 4,
      'stepwise-motion': 1 / 4,
      'direction-of-melodic-motion': 1,
      'melodic-pitch-variability': Math.sqrt(0.24),
      'melodic-interval-entropy': 0.75 * Math.log2(4 / 3) + 0.25 * 2
    })
  })

  it('does not take for melody what lies under a note that still sounds', () => {
    expectValues([note(72, 0, 4), ...line([60, 64, 67], 1, 1), note(74, 4, 1)], {
      'mean-melodic-interval': 2,
      'direction-of-melodic-motion': 1
    })
  })

  it('answers for a single note', () => {
    expectFamily(melodyFeatures, [note(60, 0, 1)], {
      'mean-melodic-interval': 0,
      'repeated-notes': 0,
      'chromatic-motion': 0,
      'stepwise-motion': 0,
      'direction-of-melodic-motion': 0.5,
      'melodic-pitch-variability': 0,
      'melodic-interval-entropy': 0
    })
  })
})
