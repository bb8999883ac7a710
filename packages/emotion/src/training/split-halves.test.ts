import { expect, test } from 'vitest'
import { labelledPhrases, mood } from '../../test/music.js'
import { requireBothKinds } from './phrases.js'
import { splitHalves } from './split-halves.js'

test('no piece is in both halves, each half has both kinds, and the halves change places', () => {
  const phrases = labelledPhrases()
  const { known, unseen } = splitHalves(phrases, 'first')
  const piecesIn = (half: typeof phrases) => new Set(half.map(({ piece }) => piece))
  expect(piecesIn(known).size + piecesIn(unseen).size).toBe(12) // none is in both
  expect(known.length + unseen.length).toBe(24)
  for (const half of [known, unseen]) {
    expect(half.filter(({ sentiment }) => sentiment === 1)).toHaveLength(half.length / 2)
  }
  expect(splitHalves(phrases, 'second')).toEqual({ known: unseen, unseen: known })
})

const one = { piece: 'a', sentiment: 1, score: mood(true, 0) } as const

test('two pieces of different sentiment have no halves', () => {
  const two = [one, { ...one, piece: 'b', sentiment: -1 } as const]
  expect(() => splitHalves(two, 'first')).toThrow(
    /first half of the pieces: holds (positive|negative) phrases only, expected both kinds$/
  )
})

test('phrases of one kind, and none, are told apart', () => {
  expect(() => requireBothKinds([one])).toThrow('holds positive phrases only, expected both kinds')
  expect(() => requireBothKinds([{ ...one, sentiment: -1 }])).toThrow('holds negative phrases only')
  expect(() => requireBothKinds([])).toThrow('holds no phrases')
  expect(() => requireBothKinds([one, { ...one, sentiment: -1 }])).not.toThrow()
})
