import type { Music } from '@vgm/dataset/node'
import { expect, test } from 'vitest'
import { UsageError } from '../../terminal/errors.js'
import { type GivenTerms, requireSameRun } from './run-description.js'

const music: Music = {
  name: 'music',
  data: { size: 0, piece: () => [] },
  words: 0,
  digest: 'a',
  augmentation: '',
  semitones: 4,
  validation: { pieces: [], digest: 'b' }
}
const began = {
  semitones: 4,
  training: 'a',
  validation: 'b',
  initial: { name: 'model', provenance: {} },
  license: 'mine',
  precision: 'f16'
} as const

test.each<GivenTerms>([{}, { init: 'models/model', license: 'mine', precision: 'f16' }])(
  'what a run began with may be said again or not: %j',
  given => {
    expect(() => requireSameRun('run', began, music, given)).not.toThrow()
  }
)

test.each<[string, Partial<Music>, GivenTerms]>([
  ['augmentation (--transpose, --no-augment)', { semitones: null }, {}],
  ['the training music', { digest: 'c' }, {}],
  ['the validation music', { validation: undefined }, {}],
  ['--init other', {}, { init: 'other' }],
  ['--license yours', {}, { license: 'yours' }],
  ['--precision f32', {}, { precision: 'f32' }]
])('%s has to be the same', (what, changed, given) => {
  const check = () => requireSameRun('run', began, { ...music, ...changed }, given)
  expect(check).toThrow(new UsageError(`run: ${what} is not what this run began with`))
})
