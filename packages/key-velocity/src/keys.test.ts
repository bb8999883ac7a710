import { expect, test } from 'vitest'
import { keys } from './keys.js'

test('spells each key with the fewest accidentals, F# major and Eb minor where that is undecided', () => {
  expect(
    keys
      .slice(0, 12)
      .map(({ tonic }) => tonic)
      .join(' ')
  ).toBe('C Db D Eb E F F# G Ab A Bb B')
  expect(
    keys
      .slice(12)
      .map(({ tonic }) => tonic)
      .join(' ')
  ).toBe('C C# D Eb E F F# G G# A Bb B')
})

test('counts major keys from 0 and minor keys from 12, so that a class stands for a key', () => {
  expect(keys.map(({ keyIndex }) => keyIndex)).toEqual(Array.from({ length: 24 }, (_, index) => index))
  expect(keys[0]).toEqual({ tonic: 'C', mode: 'major', name: 'C major', keyIndex: 0 })
  expect(keys[13]).toEqual({ tonic: 'C#', mode: 'minor', name: 'C# minor', keyIndex: 13 })
})
