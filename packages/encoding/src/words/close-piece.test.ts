import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { walks } from '../../test/walk.js'
import { GrammarError } from '../errors.js'
import { closePiece, WordCloser } from './close-piece.js'
import { fromText, toText } from './text.js'

describe('closePiece', () => {
  test.each([
    ['t_120 v_64 d_16th_0 n_60', 't_120 v_64 d_16th_0 n_60 .\n'],
    ['t_120 v_64 d_quarter_0 n_60 . .', 't_120 v_64 d_quarter_0 n_60 . . . .\n'],
    ['t_120 v_64 d_16th_0 n_60 v_68 d_half_0', 't_120 v_64 d_16th_0 n_60 .\n'],
    ['t_120 v_64 d_16th_0 n_60 . t_80 v_4', 't_120 v_64 d_16th_0 n_60 .\n'],
    ['t_120 v_64 d_16th_0 n_60 . . t_80 . . .', 't_120 v_64 d_16th_0 n_60 .\n'],
    ['t_120 v_64 d_eighth_0 n_60 . t_80', 't_120 v_64 d_eighth_0 n_60 . .\n'],
    ['t_120 v_64 d_eighth_0 n_60 . t_80 .', 't_120 v_64 d_eighth_0 n_60 . t_80 .\n'],
    ['t_120 . v_64 d_eighth_0 n_60 d_16th_0 n_62 .', 't_120 . v_64 d_eighth_0 n_60 d_16th_0 n_62 . .\n'],
    ['t_120 v_64 d_16th_0 n_60 .\n', 't_120 v_64 d_16th_0 n_60 .\n']
  ])('ends %j as %j', (prefix, piece) => {
    expect(toText(closePiece(fromText(prefix)))).toBe(piece)
  })

  test('refuses words without a note and words out of place', () => {
    expect(() => closePiece([])).toThrow('closePiece: word 0: expected at least one note, got none')
    expect(() => closePiece(fromText('t_120 . . v_64 d_half_0'))).toThrow(GrammarError)
    expect(() => closePiece(fromText('t_120 n_60'))).toThrow(
      'closePiece: word 1: expected v_ or ".", got "n_60"'
    )
  })
})

describe('WordCloser', () => {
  test('tells a word only when it stays wherever the piece is cut off, and as soon as it does', () => {
    fc.assert(
      fc.property(walks, ids => {
        const closer = new WordCloser()
        const certain: number[] = []
        for (const [index, id] of ids.entries()) {
          certain.push(...closer.push(id))
          const said = ids.subarray(0, index + 1)
          if (!said.some(word => word < 128)) expect(certain).toEqual([])
          else expect([...certain, ...closer.end()]).toEqual([...closePiece(said)])
          expect(certain).toEqual([...ids.subarray(0, certain.length)])
        }
      }),
      { seed: 1 }
    )
  })

  test('holds silence back until a note follows', () => {
    const closer = new WordCloser()
    const told = [...fromText('t_120 v_64 d_16th_0 n_60 . . t_80 . n_62')].map(id => closer.push(id).length)
    expect(told).toEqual([0, 0, 0, 4, 1, 0, 0, 0, 4])
  })
})
