import { expect, test } from 'vitest'
import { InvalidOptionError, ShapeError, VgmError } from './errors.js'

test('an error says who was called and what is wrong, together and apart', () => {
  const cause = new Error('disk')
  const error = new VgmError('BROKEN_FILE', 'ends at byte 3', { caller: 'parseMidi', cause })
  expect(error.message).toBe('parseMidi: ends at byte 3')
  expect(error).toMatchObject({ code: 'BROKEN_FILE', problem: 'ends at byte 3', caller: 'parseMidi', cause })
  expect(new VgmError('BROKEN_FILE', 'ends at byte 3').message).toBe('ends at byte 3')
})

test('an invalid option names the option, what was expected and what came', () => {
  const error = new InvalidOptionError('generate', 'topK', 'an integer ≥ 1', '0')
  expect(error.message).toBe('generate: topK expected an integer ≥ 1, got "0"')
  expect(error).toMatchObject({
    name: 'InvalidOptionError',
    code: 'INVALID_OPTION',
    option: 'topK',
    value: '0'
  })
  expect(error).toBeInstanceOf(VgmError)
})

test('values are shown so that they can be told apart, and long ones are cut', () => {
  const shown = (value: unknown) => new InvalidOptionError(undefined, 'x', 'y', value).message
  expect(shown(undefined)).toBe('x expected y, got undefined')
  expect(shown(Number.NaN)).toBe('x expected y, got NaN')
  expect(shown([1, 2])).toBe('x expected y, got [1,2]')
  expect(shown({ a: 1 })).toBe('x expected y, got {"a":1}')
  expect(shown('a'.repeat(100))).toBe(`x expected y, got "${'a'.repeat(59)}…`)
})

test('a wrong shape names what has it', () => {
  const error = new ShapeError('fit', 'labels', '3 values', 4)
  expect(error.message).toBe('fit: labels expected 3 values, got 4')
  expect(error).toMatchObject({ code: 'SHAPE', what: 'labels', expected: '3 values', received: 4 })
})
