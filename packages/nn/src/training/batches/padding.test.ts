import { createRandom } from '@vgm/base'
import { expect, test } from 'vitest'
import { groupsByLength, shuffledGroups } from './padding.js'

test('batches hold every sequence once, like ones together; alone each is padded to its own length', () => {
  const mixed = [1, 64, 65, 130, 3, 200, 7].map(length => new Uint16Array(length))
  const shuffled = shuffledGroups(mixed, 2, createRandom(1))
  expect(shuffled.flatMap(({ indices }) => indices).sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(shuffled.map(({ words }) => words).sort((a, b) => a - b)).toEqual([64, 64, 192, 256])
  expect(shuffledGroups(mixed, 2, createRandom(2))).not.toEqual(shuffled)
  expect(groupsByLength(mixed, 2)).toEqual([
    { indices: [0, 1], words: 64 },
    { indices: [4, 6], words: 64 },
    { indices: [2], words: 128 },
    { indices: [3], words: 192 },
    { indices: [5], words: 256 }
  ])
})

test('hundreds of thousands of sequences are put into batches at once', { timeout: 20_000 }, () => {
  const sequence = [1]
  const many = new Array<number[]>(2 ** 17).fill(sequence)
  const batches = groupsByLength(many, 32)
  expect(batches).toHaveLength(2 ** 12)
  expect(batches.at(-1)).toEqual({
    indices: Array.from({ length: 32 }, (_, k) => 2 ** 17 - 32 + k),
    words: 64
  })
  expect(shuffledGroups(many, 2 ** 17, createRandom(1))).toHaveLength(1)
})
