import { expect, test } from 'vitest'
import { alignedTable } from './table.js'

test('aligns words to the left and numbers to the right, by characters', () => {
  expect(
    alignedTable([
      { file: 'Müller 🎹', notes: 5 },
      { file: 'b', notes: 1024 }
    ])
  ).toBe('file      notes\nMüller 🎹      5\nb          1024\n')
})

test('has as many rows as there are notes in a folder', () => {
  const rows = 2 ** 18
  const text = alignedTable(Array.from({ length: rows }, (_, note) => ({ file: 'a.mid', note })))
  const lines = text.split('\n')
  expect(lines).toHaveLength(rows + 2)
  expect(lines[1]).toBe('a.mid       0')
  expect(lines[rows]).toBe('a.mid  262143')
})
