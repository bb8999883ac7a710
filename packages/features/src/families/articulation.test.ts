import { describe, it } from 'vitest'
import { expectFamily, note, tune } from '../../test/phrases.js'
import { articulationFeatures } from './articulation.js'

describe('articulation', () => {
  it('finds everything bound', () => {
    expectFamily(articulationFeatures, tune, {
      'articulation-ratio': 1,
      'articulation-variability': 0,
      'staccato-share': 0,
      'average-note-duration': 0.8
    })
  })

  it('tells staccato from overlapping notes, which count at most twice', () => {
    const notes = [note(60, 0, 0.25), note(62, 1, 0.5), note(64, 2, 3), note(65, 3, 1)]
    const tempos = [{ tick: 0, tempoBpm: 60 }]
    const expected = {
      'articulation-ratio': 2.75 / 3,
      'articulation-variability': Math.sqrt(4.3125 / 3 - (2.75 / 3) ** 2),
      'staccato-share': 2 / 3,
      'average-note-duration': 4.75 / 4
    }
    expectFamily(articulationFeatures, notes, expected, { tempos })
  })

  it('answers for a single note', () => {
    expectFamily(articulationFeatures, [note(60, 0, 1)], {
      'articulation-ratio': 1,
      'articulation-variability': 0,
      'staccato-share': 0,
      'average-note-duration': 0.5
    })
  })
})
