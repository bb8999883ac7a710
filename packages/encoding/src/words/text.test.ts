import { describe, expect, test } from 'vitest'
import { UnknownIdError, UnknownWordError } from '../errors.js'
import { fromText, fromWords, toText, toWords } from './text.js'

describe('words and text', () => {
  test('name ids and find them again', () => {
    const words = ['t_120', 'v_76', 'd_whole_0', 'n_50', '.', '\n']
    const ids = fromWords(words)
    expect([...ids]).toEqual([212, 174, 132, 50, 223, 224])
    expect(toWords(ids)).toEqual(words)
  })

  test('have one piece on a line, as in the paper', () => {
    const text = 't_120 v_64 d_half_0 n_60 .\nt_60 . v_4 d_32nd_3 n_0 .\n'
    const ids = fromText(text)
    expect([...ids].filter(id => id === 224)).toHaveLength(2)
    expect(toText(ids)).toBe(text)
  })

  test('take text with other blanks and line ends, and unfinished lines', () => {
    expect(toText(fromText('  t_120\tv_64 \r\n .'))).toBe('t_120 v_64\n.')
    expect(toText(fromText('\n\n'))).toBe('\n\n')
    expect(fromText('')).toHaveLength(0)
    expect(toText([])).toBe('')
  })

  test("read an undotted duration as the paper's figure writes it", () => {
    expect(toWords(fromWords('d_eighth n_86'))).toEqual(['d_eighth_0', 'n_86'])
    expect(() => fromWords('d_third')).toThrow(UnknownWordError)
  })

  test('name the bad word and its position', () => {
    expect(() => fromWords(['t_120', 'v_65'])).toThrow(
      'fromWords: word 1 expected one of vgm-225, got "v_65"'
    )
    expect(() => fromText('t_120 .\n.\nn_128')).toThrow(
      'fromText: word 5 expected one of vgm-225, got "n_128"'
    )
    expect(() => fromWords(['toString'])).toThrow(UnknownWordError)
    try {
      fromText('. x')
    } catch (error) {
      expect(error).toMatchObject({ code: 'UNKNOWN_WORD', word: 'x', position: 1 })
    }
  })

  test.each([225, -1, 0.5, Number.NaN])('refuse %f, which is no id', id => {
    expect(() => toWords([0, id])).toThrow(UnknownIdError)
    expect(() => toText([0, id])).toThrow(`toText: id 1 expected an integer from 0 to 224, got ${id}`)
  })
})
