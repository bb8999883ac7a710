import { describe, it } from 'vitest'
import { expectFamily, expectValues, line, note, tune } from '../../test/phrases.js'
import { modeFeatures } from './mode.js'

// Correlations: numpy.corrcoef with the published profiles.
describe('mode', () => {
  it('measures a tune in C major', () => {
    // C sounds 9 quarters, D 0.5, E 1.5, F 1, G 4: 16 together.
    expectFamily(modeFeatures, tune, {
      'major-key-strength': 0.8884598431994605,
      'minor-key-strength': 0.7251313706050573,
      'mode-difference': 0.1633284725944032,
      'key-clarity': 0.1633284725944032,
      'share-of-tonic': 9 / 16,
      'share-of-minor-second': 0,
      'share-of-major-second': 1 / 32,
      'share-of-minor-third': 0,
      'share-of-major-third': 3 / 32,
      'share-of-perfect-fourth': 1 / 16,
      'share-of-tritone': 0,
      'share-of-perfect-fifth': 1 / 4,
      'share-of-minor-sixth': 0,
      'share-of-major-sixth': 0,
      'share-of-minor-seventh': 0,
      'share-of-major-seventh': 0,
      'third-contrast': 1,
      'modal-brightness': 2 / 32 + (4 * 3) / 32 - 1 / 16 + 1 / 4,
      chromaticism: 0,
      'pitch-class-entropy': 1.693326952246091
    })
  })

  it('measures from the tonic of A minor, with a raised fourth and a leading tone', () => {
    const notes = [
      note(69, 0, 4),
      note(71, 4, 1),
      note(72, 5, 2),
      note(75, 7, 0.5),
      note(76, 7.5, 2),
      note(80, 9.5, 0.5)
    ]
    expectFamily(modeFeatures, notes, {
      'major-key-strength': 0.6505989812738865,
      'minor-key-strength': 0.8966377396983352,
      'mode-difference': 0.6505989812738865 - 0.8966377396983352,
      'key-clarity': 0.24603875842444867,
      'share-of-tonic': 0.4,
      'share-of-minor-second': 0,
      'share-of-major-second': 0.1,
      'share-of-minor-third': 0.2,
      'share-of-major-third': 0,
      'share-of-perfect-fourth': 0,
      'share-of-tritone': 0.05,
      'share-of-perfect-fifth': 0.2,
      'share-of-minor-sixth': 0,
      'share-of-major-sixth': 0,
      'share-of-minor-seventh': 0,
      'share-of-major-seventh': 0.05,
      'third-contrast': -1,
      'modal-brightness': 2 * 0.1 - 3 * 0.2 + 1 * 0.2 + 5 * 0.05,
      chromaticism: 0.05,
      'pitch-class-entropy': 2.221928094887362
    })
  })

  it('weighs the major third against the minor one', () => {
    // C major with 3 quarters of E and 1 of E flat.
    expectValues([...line([48, 52, 55], 3), note(51, 9, 1)], { 'third-contrast': 0.5 })
  })

  it('answers where all pitch classes sound equally long', () => {
    const chromatic = line([67, 61, 62, 63, 64, 65, 66, 60, 68, 69, 70, 71], 1)
    expectValues(chromatic, {
      'major-key-strength': 0,
      'minor-key-strength': 0,
      'mode-difference': 0,
      'key-clarity': 0,
      'share-of-tonic': 1 / 12,
      'share-of-tritone': 1 / 12,
      'third-contrast': 0,
      'modal-brightness': 0,
      chromaticism: 5 / 12,
      'pitch-class-entropy': Math.log2(12)
    })
  })
})
