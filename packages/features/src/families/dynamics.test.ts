import { describe, it } from 'vitest'
import { expectFamily, note, tune } from '../../test/phrases.js'
import { dynamicsFeatures } from './dynamics.js'

describe('dynamics', () => {
  it('measures a melody that is louder than its bass', () => {
    expectFamily(dynamicsFeatures, tune, {
      'mean-loudness': 74,
      'variation-of-dynamics': Math.sqrt(84),
      'slope-of-dynamics': 1 / 52.025,
      'melody-accent': 6
    })
  })

  it('measures a crescendo per quarter note', () => {
    const crescendo = [50, 54, 58, 62].map((velocity, index) => note(60, 3 + 2 * index, 1, velocity))
    expectFamily(dynamicsFeatures, crescendo, {
      'mean-loudness': 56,
      'variation-of-dynamics': Math.sqrt(20),
      'slope-of-dynamics': 2,
      'melody-accent': 0
    })
  })
})
