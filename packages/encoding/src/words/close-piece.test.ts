import { describe, expect, test } from 'vitest'
import { GrammarError } from '../errors.js'
import { closePiece } from './close-piece.js'
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
