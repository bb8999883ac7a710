import { expect, test } from 'vitest'
import { describePiece } from './describe-piece.js'

const content = { seconds: 340.2, bars: 142, notes: 1208 }

test.each([
  [{ ...content, key: 'E minor' }, 7, '5 min 40 s of music, 1208 notes in 142 bars, in E minor, seed 7'],
  [
    { ...content, key: 'E minor', transposed: 1 },
    undefined,
    '5 min 40 s of music, 1208 notes in 142 bars, in E minor (moved up 1 semitone)'
  ],
  [
    { ...content, transposed: -5 },
    undefined,
    '5 min 40 s of music, 1208 notes in 142 bars, moved down 5 semitones'
  ],
  [
    { ...content, isCut: true, newFromBar: 17 },
    7,
    '5 min 40 s of music, 1208 notes in 142 bars, new from bar 17 on, seed 7, cut, since the model did not end it'
  ],
  [{ seconds: 0.5, bars: 1, notes: 1 }, undefined, '0.5 s of music, 1 note in 1 bar'],
  [{ ...content, seconds: 59.97 }, undefined, '1 min 0 s of music, 1208 notes in 142 bars']
] as const)('%j is described', (piece, seed, text) => {
  expect(describePiece(piece, seed)).toBe(text)
})
