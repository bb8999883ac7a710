import * as v from 'valibot'
import { expect, test } from 'vitest'
import { JsonError, parseJson } from './parse-json.js'

const schema = v.object({ name: v.string(), values: v.array(v.number()) })
const failure = (text: string): unknown => {
  try {
    return parseJson(schema, text)
  } catch (error) {
    return error
  }
}

test('gives what the schema describes', () => {
  expect(parseJson(schema, '{"name":"a","values":[1,2]}')).toEqual({ name: 'a', values: [1, 2] })
})

test('names the first field that is wrong', () => {
  expect(failure('{"name":"a","values":[1,"x"]}')).toMatchObject({
    name: 'JsonError',
    code: 'JSON',
    path: 'values[1]',
    message: 'values[1] expected number, got "x"'
  })
  expect(failure('{"values":[]}')).toMatchObject({ path: 'name', problem: 'name is missing' })
  expect(failure('[]')).toMatchObject({ path: 'name' })
  expect(failure('7')).toMatchObject({ path: '', problem: 'expected Object, got 7' })
})

test('says of text that is not JSON that it is not', () => {
  const error = failure('{') as JsonError
  expect(error).toBeInstanceOf(JsonError)
  expect(error.message).toBe('is not JSON')
  expect(error.cause).toBeInstanceOf(SyntaxError)
})

test('names the caller, and tells a failed check in the words of the schema', () => {
  const even = v.object({
    count: v.pipe(
      v.number(),
      v.integer(),
      v.check(n => n % 2 === 0, 'is odd')
    )
  })
  expect(() => parseJson(even, '{"count":3}', 'readPair')).toThrow('readPair: count is odd')
  expect(() => parseJson(even, '{"count":0.5}', 'readPair')).toThrow(
    'readPair: count expected integer, got 0.5'
  )
  expect(() => parseJson(even, 'x', 'readPair')).toThrow('readPair: is not JSON')
})
