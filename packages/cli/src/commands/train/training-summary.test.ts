import { expect, test } from 'vitest'
import { remarkOn } from './training-summary.js'

test('a model that is no better than guessing is told so', () => {
  const guessing = { uniform: 5.416, frequencies: 3.9 }
  expect(remarkOn(5.5, guessing)).toBe(
    'the model predicts no better than guessing at random: 5.500 against 5.416 nats per word'
  )
  expect(remarkOn(4, guessing)).toMatch(
    /^the model predicts no better than guessing by the frequency of words: 4/
  )
  expect(remarkOn(3.8, guessing)).toBeUndefined()
})
