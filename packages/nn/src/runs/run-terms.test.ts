import { expect, test } from 'vitest'
import { differingTerm, type GivenTerms, type MusicDigest, runTermsOf } from './run-terms.js'

const music: MusicDigest = { digest: 'a', semitones: 4, validation: { digest: 'b' } }
const began = runTermsOf(music, {
  initial: { name: 'model', provenance: {} },
  license: 'mine',
  precision: 'f16'
})

test('a run begins with the digests of its music', () => {
  expect(began).toMatchObject({ semitones: 4, training: 'a', validation: 'b' })
  expect(runTermsOf({ digest: 'a', semitones: null }, began)).toMatchObject({
    semitones: null,
    validation: null
  })
})

test.each<GivenTerms>([{}, { init: 'model', license: 'mine', precision: 'f16' }])(
  'what a run began with may be said again or not: %j',
  given => {
    expect(differingTerm(began, music, given)).toBeUndefined()
  }
)

test.each<[string, Partial<MusicDigest>, GivenTerms]>([
  ['semitones', { semitones: null }, {}],
  ['training', { digest: 'c' }, {}],
  ['validation', { validation: undefined }, {}],
  ['initial', {}, { init: 'other' }],
  ['license', {}, { license: 'yours' }],
  ['precision', {}, { precision: 'f32' }]
])('%s has to be the same', (name, changed, given) => {
  expect(differingTerm(began, { ...music, ...changed }, given)).toBe(name)
})
