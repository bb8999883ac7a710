import { describe, it } from 'vitest'
import { expectFamily, expectValues, line, note, tune } from '../../test/phrases.js'
import { intervalFeatures } from './intervals.js'

describe('intervals', () => {
  it('measures what a melody and a bass make together', () => {
    // Quarters: octave 1, major third 1, fifth 2 | minor seventh 1, major sixth 0.5, fifth 0.5, octave 2.
    expectFamily(intervalFeatures, tune, {
      'dyad-consonance': (0.386 * 1 + 1.24 * 2.5 - 0.582 * 1 + 0.594 * 0.5) / 5,
      'vertical-dissonance': 1 / 8,
      'vertical-tritones': 0,
      'vertical-thirds-and-sixths': 1.5 / 8,
      'vertical-perfect-intervals': 2.5 / 8,
      // C and E; C and G only; G, F, E, D, of which C–E–G and E–G–B hold equally much; C only.
      'major-harmony': 1 / 4,
      'minor-harmony': 0,
      'diminished-and-augmented-harmony': 0
    })
  })

  it('counts every pair of a chord', () => {
    // B D F A flat: four minor thirds or major sixths, two tritones.
    expectFamily(
      intervalFeatures,
      [59, 62, 65, 68].map(pitch => note(pitch, 0, 2)),
      {
        'dyad-consonance': (4 * 0.594 - 2 * 0.453) / 6,
        'vertical-dissonance': 2 / 6,
        'vertical-tritones': 2 / 6,
        'vertical-thirds-and-sixths': 4 / 6,
        'vertical-perfect-intervals': 0,
        'major-harmony': 0,
        'minor-harmony': 0,
        'diminished-and-augmented-harmony': 1
      }
    )
  })

  it('hears the triads of broken chords', () => {
    // Half bars of A minor, D minor (first inversion), F major, B diminished, C augmented; a rest has none.
    const broken = [
      [57, 60, 64, 60],
      [53, 57, 62, 62],
      [53, 57, 60, 57],
      [59, 62, 65, 62],
      [48, 52, 56, 52]
    ]
    const notes = broken.flatMap((chord, index) => line(chord, 0.5, 2 * index))
    expectValues([...notes, note(60, 40, 1)], {
      'minor-harmony': 2 / 6,
      'major-harmony': 1 / 6,
      'diminished-and-augmented-harmony': 2 / 6
    })
  })

  it('takes the lowest pitch for the root where a seventh leaves two triads', () => {
    expectValues(
      [57, 60, 64, 67].map(pitch => note(pitch, 0, 2)),
      { 'minor-harmony': 1 }
    )
    expectValues(
      [48, 52, 55, 57].map(pitch => note(pitch, 0, 2)),
      { 'major-harmony': 1 }
    )
  })

  it('takes bars of three quarters whole', () => {
    const timeSignatures = [{ tick: 0, numerator: 3, denominator: 4 }]
    const waltz = [note(48, 0, 1), note(55, 1, 1), note(64, 2, 1), note(57, 3, 1), note(60, 4, 2)]
    expectValues(waltz, { 'major-harmony': 0.5, 'minor-harmony': 0.5 }, { timeSignatures })
  })

  it('is 0 where nothing sounds together', () => {
    expectValues(line([60, 61, 66], 1), {
      'dyad-consonance': 0,
      'vertical-dissonance': 0,
      'vertical-tritones': 0,
      'vertical-thirds-and-sixths': 0,
      'vertical-perfect-intervals': 0
    })
  })
})
