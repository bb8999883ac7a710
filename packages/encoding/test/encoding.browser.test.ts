import { expect, test } from 'vitest'
import { decode, encode, fromText, parseMidi, toText, writeMidi } from '../src/index.js'

test('a piece goes through a file and back in a browser', () => {
  const text = 't_100 v_64 d_half_0 n_60 . v_80 d_16th_0 n_60 n_64 . . t_96 . . . . .\n'
  const bytes = writeMidi(decode(fromText(text), { strict: true }))
  expect(parseMidi(bytes).notes).toHaveLength(3)
  expect(toText(encode(bytes))).toBe(text)
})
