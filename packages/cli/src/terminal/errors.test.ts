import { readFile } from 'node:fs/promises'
import { InvalidScoreError, NoNotesError } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { CommandError, exitCodeOf, InternalError, isExpected, messageOf, UsageError } from './errors.js'

test.each([
  ['called wrongly', new UsageError('no'), 'no', 2],
  ['what a library says of its input', new NoNotesError('encode'), 'no notes', 1],
  ['a command that failed', new CommandError('a.mid: bad'), 'a.mid: bad', 1]
])('%s is told as it is', (_, error, message, code) => {
  expect(isExpected(error)).toBe(true)
  expect(messageOf(error)).toBe(message)
  expect(exitCodeOf(error)).toBe(code)
})

test('what the file system says is told with the path', async () => {
  const error: unknown = await readFile('/nowhere/a.mid').catch((reason: unknown) => reason)
  expect(isExpected(error)).toBe(true)
  expect(messageOf(error)).toBe('/nowhere/a.mid: no such file or folder')
})

const nodeFault = Object.assign(new TypeError('bad argument'), { code: 'ERR_INVALID_ARG_TYPE' })
test.each([
  [new TypeError('x is not a function'), 'TypeError: x is not a function'],
  [new RangeError('Maximum call stack size exceeded'), 'RangeError: Maximum call stack size exceeded'],
  [new Error('internal: a search ended without a step'), 'a search ended without a step'],
  [nodeFault, 'TypeError: bad argument'],
  ['thrown text', 'thrown text']
])('%s is a bug, and says so', (error, fault) => {
  expect(isExpected(error)).toBe(false)
  expect(messageOf(error)).toBe(`internal: ${fault} (a bug of vgm; --debug prints where it is)`)
  expect(exitCodeOf(error)).toBe(1)
  const named = new InternalError(error, 'a.mid')
  expect(messageOf(named)).toBe(`internal: a.mid: ${fault} (a bug of vgm; --debug prints where it is)`)
  expect(named.cause).toBe(error)
})

test('a file that is too large for Node is at fault itself', () => {
  const tooLarge = Object.assign(new RangeError('File size (3 GB) is greater than 2 GiB'), {
    code: 'ERR_FS_FILE_TOO_LARGE'
  })
  expect(isExpected(tooLarge)).toBe(true)
})

test('an invalid score is no bug of vgm, and its message names no function', () => {
  const error = new InvalidScoreError('excerpt', 'notes[0].pitch', 'an integer', 0.5)
  expect(isExpected(error)).toBe(true)
  expect(messageOf(error)).toBe('notes[0].pitch expected an integer, got 0.5')
})
