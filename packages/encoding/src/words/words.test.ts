import fc from 'fast-check'
import { expect, test } from 'vitest'
import { walks } from '../../test/walk.js'
import { fromText, toText } from './text.js'
import { tokenizers, words } from './words.js'

const piece = fromText('t_120 v_64 d_eighth_0 n_60 n_64 . . v_80 n_67 . .\n')

test('says where time is, what strikes a note, and what ends a piece', () => {
  const ticks = [...piece].reduce((tick, id) => tick + words.ticksOf(id), 0)
  expect(ticks / words.ticksPerQuarter).toBe(1) // four sixteenths
  expect([...piece].filter(words.isNote)).toEqual([60, 64, 67])
  expect(piece.at(-1)).toBe(words.endOfPiece)
  expect(words.decode(piece).ticksPerQuarter).toBe(words.ticksPerQuarter)
})

test('is one of the functions by their names', () => {
  expect(words.encode(words.decode(piece))).toEqual(piece)
  expect(toText(words.close(piece.subarray(0, 6)))).toBe('t_120 v_64 d_eighth_0 n_60 n_64 . .\n')
  expect(() => words.grammar.next(words.grammar.initial(), words.endOfPiece)).toThrow(
    'grammar.next: word 0: expected t_, got "\\n"'
  )
})

test('what lies before the tick of a beginning is complete, whatever follows', () => {
  fc.assert(
    fc.property(walks, fc.nat(), (ids, draw) => {
      const cut = draw % ids.length
      const tick = ids.subarray(0, cut).reduce((sum, id) => sum + words.ticksOf(id), 0)
      const before = (part: Uint16Array) =>
        words.decode(part).notes.filter(({ startTick }) => startTick < tick)
      expect(before(ids.subarray(0, cut))).toEqual(before(ids))
    }),
    { seed: 21, numRuns: 200 }
  )
})

test('is found by the name of its vocabulary', () => {
  expect(tokenizers.find(({ vocabulary }) => vocabulary.name === 'vgm-225')).toBe(words)
})
