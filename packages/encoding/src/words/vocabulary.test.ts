import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { UnknownWordError } from '../errors.js'
import { firstId, vocabulary } from './vocabulary.js'

describe('vocabulary', () => {
  test('has the 225 words of the paper in the order that trained models rely on', () => {
    const { words } = vocabulary
    expect(vocabulary.size).toBe(225)
    expect(new Set(words).size).toBe(225)
    expect(words.slice(0, 128)).toEqual(Array.from({ length: 128 }, (_, pitch) => `n_${pitch}`))
    expect(words.slice(128, 137).join(' ')).toBe(
      'd_breve_0 d_breve_1 d_breve_2 d_breve_3 d_whole_0 d_whole_1 d_whole_2 d_whole_3 d_half_0'
    )
    expect(words.slice(152, 160).join(' ')).toBe('d_32nd_0 d_32nd_1 d_32nd_2 d_32nd_3 v_4 v_8 v_12 v_16')
    expect(words.slice(186, 190)).toEqual(['v_124', 'v_128', 't_24', 't_28'])
    expect(words.slice(222)).toEqual(['t_160', '.', '\n'])
  })

  test('has a hash that a model can hold against another vocabulary', () => {
    const digest = createHash('sha256').update(vocabulary.words.join(' ')).digest('hex')
    expect(vocabulary.hash).toBe(`sha256:${digest}`)
  })

  test('finds the id of every word and names one that it lacks', () => {
    vocabulary.words.forEach((word, id) => {
      expect(vocabulary.idOf(word)).toBe(id)
    })
    expect(() => vocabulary.idOf('d_whole')).toThrow(UnknownWordError)
    expect(() => vocabulary.idOf('n_128')).toThrow('idOf: word expected one of vgm-225, got "n_128"')
  })

  test('begins each kind of word where the code counts from', () => {
    const firsts = Object.values(firstId).map(id => vocabulary.words[id])
    expect(firsts).toEqual(['n_0', 'd_breve_0', 'v_4', 't_24', '.', '\n'])
  })
})
