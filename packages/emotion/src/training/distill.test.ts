import { decode, encode } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { scale, scoreOf } from '../../test/music.js'
import { drawPhrases, labelByTeacher } from './distill.js'

// Sixteenths: 192 and more notes are 12 or 13 bars, three phrases of four.
const pieces = [
  ...[0, 1, 2, 3].map(index => ({ piece: `${index}`, score: decode(encode(scale(index, 192 + index))) })),
  { piece: 'short', score: scale(9, 20) }
]

test('draws phrases of four bars, no more of a piece than asked for', () => {
  const phrases = drawPhrases(pieces, { count: 2, seed: 0 })
  expect(phrases.map(({ piece }) => piece)).toEqual(['0', '0', '1', '1', '2', '2', '3', '3'])
  for (const { score, bar } of phrases) {
    expect([1, 5, 9]).toContain(bar)
    const ends = score.notes.map(note => note.startTick + note.durationTicks)
    expect(Math.max(...ends)).toBeLessThanOrEqual(16 * score.ticksPerQuarter)
    expect(score.notes.length).toBeGreaterThan(50)
  }
})

test('the seed decides which phrases are drawn; of all there are, all are taken in their order', () => {
  const bars = (count: number, seed: number) => drawPhrases(pieces, { count, seed }).map(({ bar }) => bar)
  const one = bars(1, 1)
  expect(bars(1, 1)).toEqual(one)
  expect([2, 3, 4].some(seed => bars(1, seed).join() !== one.join())).toBe(true)
  expect(bars(10, 5).slice(0, 3)).toEqual([1, 5, 9])
})

test('draws nothing of pieces that are too short, and refuses to draw none', () => {
  expect(drawPhrases(pieces.slice(-1), { count: 1, seed: 0 })).toEqual([])
  expect(() => drawPhrases(pieces, { count: 0, seed: 0 })).toThrow(
    'drawPhrases: count expected an integer ≥ 1, got 0'
  )
})

/** A teacher with made-up answers. */
const teacherOf = (answers: readonly number[]) => ({ probabilities: async () => Float64Array.from(answers) })

const seven = [...'abcdefg'].map(piece => ({ piece, bar: 1, score: scoreOf([]) }))

test('labels the surest thirds, as many of one kind as of the other', async () => {
  const labelled = await labelByTeacher(seven, teacherOf([0.5, 0.9, 0.1, 0.6, 0.8, 0.2, 0.55]))
  expect(labelled.map(({ piece, sentiment }) => [piece, sentiment])).toEqual([
    ['c', -1],
    ['f', -1],
    ['e', 1],
    ['b', 1]
  ])
})

test.each([
  ['alike', [1, 1, 1, 1, 1, 1, 1]],
  ['alike but for one', [0, 1, 1, 1, 1, 1, 1]]
])('a teacher that finds phrases %s is no teacher', async (_, answers) => {
  await expect(labelByTeacher(seven, teacherOf(answers))).rejects.toMatchObject({
    code: 'UNDECIDED_TEACHER',
    problem: 'finds all 7 phrases alike, and so teaches nothing',
    phrases: 7
  })
})

test('two phrases are too few to learn from', async () => {
  await expect(labelByTeacher(seven.slice(5), teacherOf([0, 1]))).rejects.toMatchObject({
    code: 'TOO_FEW_PHRASES',
    problem: '2 phrases are too few to learn from: 3 at least'
  })
})
