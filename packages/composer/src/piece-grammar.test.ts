import { fromWords, words as tokenizer, vocabulary } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { pieceGrammar } from './piece-grammar.js'

const least = { words: 0, notes: 2 }

/** The words that may follow. */
function after(words: readonly string[], content = least): Set<string> {
  const grammar = pieceGrammar(tokenizer, content)
  let state = grammar.initial()
  for (const id of fromWords(words)) state = grammar.next(state, id)
  const mask = new Uint8Array(vocabulary.size)
  grammar.allowed(state, mask)
  return new Set(vocabulary.words.filter((_, id) => mask[id]))
}

const note = ['t_120', 'v_80', 'd_16th_0', 'n_60', '.']

test('a piece begins with a sound', () => {
  expect(after([]).has('.')).toBe(false)
  expect(after(['t_120']).has('.')).toBe(false)
  expect(after(note).has('.')).toBe(true)
})

test('a piece does not end before it has its notes and words', () => {
  expect(after(note).has('\n')).toBe(false)
  expect(after([...note, 'n_62', '.']).has('\n')).toBe(true)
  expect(after(note, { words: 5, notes: 1 }).has('\n')).toBe(true)
  expect(after(note, { words: 6, notes: 1 }).has('\n')).toBe(false)
})
