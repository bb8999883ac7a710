import { describe, it } from 'vitest'
import { expectFamily, line, note, tune } from '../../test/phrases.js'
import { repetitionFeatures } from './repetition.js'

describe('repetition', () => {
  it('finds nothing that comes again', () => {
    expectFamily(repetitionFeatures, tune, {
      'repeated-melodic-patterns': 0,
      'repeated-bars': 0,
      'repeated-bar-rhythms': 0
    })
  })

  it('finds a bar that comes again, once as it was and once a tone higher', () => {
    // Steps 4 3 −3 −4 4 3 −3 −2 4 3 −3: of the nine runs of three only 4 3 −3 comes again, twice.
    const bar = [60, 64, 67, 64]
    const notes = [...line(bar, 1), ...line(bar, 1, 4), ...line([62, 66, 69, 66], 1, 8)]
    expectFamily(repetitionFeatures, notes, {
      'repeated-melodic-patterns': 2 / 8,
      'repeated-bars': 1 / 2,
      'repeated-bar-rhythms': 1
    })
  })

  it('leaves empty bars out', () => {
    expectFamily(repetitionFeatures, [note(60, 1, 1), note(60, 81, 1), note(60, 90, 1)], {
      'repeated-melodic-patterns': 0,
      'repeated-bars': 1 / 2,
      'repeated-bar-rhythms': 1 / 2
    })
  })
})
