import { expect, test } from 'vitest'
import { scoreOf, waves } from '../../test/music.js'
import { medianForm } from './median-form.js'

test('is that of the pieces that sound', () => {
  // A bar that comes back at once, and one that comes back after three.
  const pieces = [waves('++++'), scoreOf([]), waves('+-++')]
  expect(medianForm(pieces)).toMatchObject({ likeness: 1, alone: (0 + 1 / 4) / 2, loop: 3 })
  expect(medianForm([scoreOf([])])).toMatchObject({ likeness: null, endsHeld: null })
})
