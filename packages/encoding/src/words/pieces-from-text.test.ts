import { expect, test } from 'vitest'
import { GrammarError, NoNotesError, TextLineError, UnknownWordError } from '../errors.js'
import { piecesFromText } from './pieces-from-text.js'
import { toText } from './text.js'

const tune = 't_120 v_64 d_quarter_0 n_60 . . . .'

test('every line is a piece, but for blank ones', () => {
  const pieces = piecesFromText(`${tune}\n\n  \nt_120 v_64 d_half_0 n_62 .`)
  expect(pieces.map(({ score }) => score.notes.map(({ pitch }) => pitch))).toEqual([[60], [62]])
  expect(toText(pieces[0]!.ids)).toBe(`${tune}\n`)
  expect(piecesFromText('\n')).toEqual([])
})

test.each([
  [
    `${tune}\n\nt_120 v_6 .`,
    false,
    3,
    2,
    'line 3, word 2: "v_6" is no word of the vocabulary',
    UnknownWordError
  ],
  ['t_120 v_64 n_60 .', true, 1, 3, 'line 1, word 3: expected d_, got "n_60"', GrammarError],
  ['t_120 .', false, 1, undefined, 'line 1: no notes', NoNotesError]
])('%j is refused by its line and word', (text, strict, line, word, problem, kind) => {
  const read = () => piecesFromText(text, { strict })
  expect(read).toThrow(TextLineError)
  expect(read).toThrow(expect.objectContaining({ line, word, problem, cause: expect.any(kind) }))
})

test('a long word is cut', () => {
  expect(() => piecesFromText('x'.repeat(99))).toThrow(`"${'x'.repeat(40)}…" is no word`)
})
