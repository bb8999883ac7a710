import { describe, it } from 'vitest'
import { expectFamily, expectValues, line, note, tune } from '../../test/phrases.js'
import { registerFeatures } from './register.js'

describe('register', () => {
  it('measures how high a tune lies and how its bass moves', () => {
    expectFamily(registerFeatures, tune, {
      'mean-pitch': 66.5,
      'pitch-variability': 13.418271125595876,
      'lowest-pitch': 43,
      'highest-pitch': 79,
      'mean-pitch-of-melody': 526 / 7,
      'mean-pitch-of-bass': 139 / 3,
      'mean-bass-interval': 5,
      'repeated-bass-notes': 0,
      'stepwise-bass-motion': 0,
      'bass-fourths-and-fifths': 1
    })
  })

  it('tells the steps of the bass apart', () => {
    // 0, 1, 2, 3, 7 semitones.
    const bass = line([48, 48, 49, 51, 54, 47], 1)
    expectValues([...bass, note(84, 0, 6)], {
      'mean-bass-interval': 13 / 5,
      'repeated-bass-notes': 1 / 5,
      'stepwise-bass-motion': 2 / 5,
      'bass-fourths-and-fifths': 1 / 5
    })
  })
})
