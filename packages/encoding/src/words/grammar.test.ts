import { describe, expect, test } from 'vitest'
import { GrammarError, UnknownIdError } from '../errors.js'
import { grammar } from './grammar.js'
import { fromText } from './text.js'
import { vocabulary } from './vocabulary.js'

/** The words allowed after a text; whole kinds are shortened to `n`, `d`, `v`, `t`, and `kind−k` lacks k of its words. */
function after(text: string): string {
  const state = [...fromText(text)].reduce(grammar.next, grammar.initial())
  const mask = new Uint8Array(vocabulary.size)
  grammar.allowed(state, mask)
  const words = vocabulary.words.filter((_, id) => mask[id] === 1)
  const count = (kind: string) => words.filter(word => word.startsWith(`${kind}_`)).length
  const short = Object.entries({ n: 128, d: 28, v: 32, t: 35 }).map(([kind, size]) => {
    const missing = size - count(kind)
    return missing === size ? '' : missing === 0 ? kind : `${kind}-${missing}`
  })
  return [...short, words.includes('.') ? '.' : '', words.includes('\n') ? 'end' : '']
    .filter(Boolean)
    .join(' ')
}

describe('grammar', () => {
  test.each([
    ['', 't'],
    ['t_120', 'v .'],
    ['t_120 .', 'v t-1 .'],
    ['t_120 v_64', 'd'],
    ['t_120 v_64 d_quarter_0', 'n'],
    ['t_120 v_64 d_16th_0 n_60', 'n-61 d-1 v-1 .'],
    ['t_120 v_64 d_16th_0 n_60 v_68', 'n-61 d-1'],
    ['t_120 v_64 d_16th_0 n_60 v_68 d_32nd_0', 'n-61'],
    ['t_120 v_64 d_16th_0 n_127', '.'],
    ['t_120 v_64 d_16th_0 n_60 .', 'n d-1 v-1 t-1 . end'],
    ['t_120 v_64 d_16th_0 n_60 . t_80', 'n d-1 v-1 .'],
    ['t_120 v_64 d_16th_0 n_60 . .', 'n d-1 v-1 t-1 .'],
    ['t_120 v_64 d_16th_0 n_60 . . n_60 .', 'n d-1 v-1 t-1 . end'],
    ['t_120 v_64 d_eighth_0 n_60 .', 'n d-1 v-1 t-1 .'],
    ['t_120 v_64 d_eighth_0 n_60 . d_16th_0 n_60', 'n-61 d-1 v-1 .'],
    ['t_120 v_64 d_eighth_0 n_60 . .', 'n d-1 v-1 t-1 . end'],
    ['t_120 v_64 d_16th_1 n_60 .', 'n d-1 v-1 t-1 .'],
    ['t_120 v_64 d_16th_0 n_60 .\n', '']
  ])('after %j allows %s', (text, expected) => {
    expect(after(text)).toBe(expected)
  })

  test('fills the mask that it is given', () => {
    const mask = new Uint8Array(vocabulary.size).fill(7)
    grammar.allowed(grammar.initial(), mask)
    expect([...mask].map((allowed, id) => (allowed ? id : -1)).filter(id => id >= 0)).toEqual(
      Array.from({ length: 35 }, (_, index) => 188 + index)
    )
    grammar.allowed(grammar.next(grammar.initial(), 212), mask)
    expect(mask.reduce((sum, allowed) => sum + allowed)).toBe(33)
  })

  test('leaves a state as it was', () => {
    const state = grammar.next(grammar.initial(), 212)
    const copy = { ...state }
    grammar.next(state, 156)
    expect(state).toEqual(copy)
  })

  test('refuses a word out of place and a number that is no id, with their position', () => {
    const state = grammar.next(grammar.initial(), vocabulary.idOf('t_120'))
    try {
      grammar.next(state, vocabulary.idOf('\n'))
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(GrammarError)
      expect(error).toMatchObject({ code: 'GRAMMAR', position: 1, word: '\n' })
    }
    expect(() => grammar.next(state, 300)).toThrow(UnknownIdError)
  })
})
