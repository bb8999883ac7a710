import { expect, test } from 'vitest'
import { requireInteger, requireNumber, requireOneOf, requirePositive } from './options.js'

const problem = (check: () => void): string | undefined => {
  try {
    check()
  } catch (error) {
    return (error as Error).message
  }
  return undefined
}

test('requireInteger takes integers of the range alone', () => {
  for (const value of [1, 2, 3]) expect(problem(() => requireInteger('f', 'n', value, 1, 3))).toBeUndefined()
  for (const value of [0, 4, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(problem(() => requireInteger('f', 'n', value, 1, 3))).toBe(
      `f: n expected an integer from 1 to 3, got ${value}`
    )
  }
  expect(problem(() => requireInteger(undefined, 'n', 0, 1))).toBe('n expected an integer ≥ 1, got 0')
})

test('requireNumber and requirePositive take finite numbers of the range alone', () => {
  expect(problem(() => requireNumber('f', 'x', 0, 0))).toBeUndefined()
  expect(problem(() => requireNumber('f', 'x', -1, 0))).toBe('f: x expected a number ≥ 0, got -1')
  expect(problem(() => requireNumber('f', 'x', 2, 0, 1))).toBe('f: x expected a number from 0 to 1, got 2')
  expect(problem(() => requirePositive('f', 'x', 0))).toBe('f: x expected a number above 0, got 0')
  expect(problem(() => requirePositive('f', 'x', 2, 1))).toBe(
    'f: x expected a number above 0, at most 1, got 2'
  )
  expect(problem(() => requirePositive('f', 'x', Number.NaN))).toBe('f: x expected a number above 0, got NaN')
})

test('requireOneOf lists the choices', () => {
  const choose = (value: unknown) => problem(() => requireOneOf('f', 'mode', value, ['add', 'set', 'none']))
  expect(choose('set')).toBeUndefined()
  expect(choose('sett')).toBe(`f: mode expected 'add', 'set' or 'none', got "sett"`)
  expect(problem(() => requireOneOf('f', 'bits', 3, [16]))).toBe('f: bits expected 16, got 3')
})
