import { expect, test } from 'vitest'
import { measureGuessing } from './guessing.js'

const vocabularySize = 225
const dataOf = (...pieces: number[][]) => ({ size: pieces.length, piece: (index: number) => pieces[index]! })

test('guesses by the frequencies of the training music, no word being impossible', async () => {
  const training = dataOf([1, 1, 1], [2])
  const { uniform, frequencies } = await measureGuessing(training, { vocabularySize, validation: [[1, 3]] })
  const total = 4 + vocabularySize
  expect(uniform).toBeCloseTo(Math.log(225), 12)
  expect(frequencies).toBeCloseTo(-(Math.log(4 / total) + Math.log(1 / total)) / 2, 12)
})

test('without validation music the training music is guessed; shards count together', async () => {
  const pieces = [[1, 1, 1], [2]]
  const sharded = { size: 2, shards: 2, shard: async (index: number) => dataOf(pieces[index]!) }
  const total = 4 + vocabularySize
  const expected = -(3 * Math.log(4 / total) + Math.log(2 / total)) / 4
  expect((await measureGuessing(dataOf(...pieces), { vocabularySize })).frequencies).toBeCloseTo(expected, 12)
  expect((await measureGuessing(sharded, { vocabularySize })).frequencies).toBeCloseTo(expected, 12)
})
