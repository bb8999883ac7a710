import { vocabulary } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { measureGuessing, remarkOn } from './guessing.js'

const dataOf = (...pieces: number[][]) => ({ size: pieces.length, piece: (index: number) => pieces[index]! })

test('guesses by the frequencies of the training music, no word being impossible', async () => {
  const training = dataOf([1, 1, 1], [2])
  const { uniform, frequencies } = await measureGuessing(training, [[1, 3]])
  const total = 4 + vocabulary.size
  expect(uniform).toBeCloseTo(Math.log(225), 12)
  expect(frequencies).toBeCloseTo(-(Math.log(4 / total) + Math.log(1 / total)) / 2, 12)
})

test('without validation music the training music is guessed; shards count together', async () => {
  const pieces = [[1, 1, 1], [2]]
  const sharded = { size: 2, shards: 2, shard: async (index: number) => dataOf(pieces[index]!) }
  const total = 4 + vocabulary.size
  const expected = -(3 * Math.log(4 / total) + Math.log(2 / total)) / 4
  expect((await measureGuessing(dataOf(...pieces))).frequencies).toBeCloseTo(expected, 12)
  expect((await measureGuessing(sharded)).frequencies).toBeCloseTo(expected, 12)
})

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
