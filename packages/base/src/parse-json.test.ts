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
    path: 'values.1',
    message: 'values.1 expected number, got "x"'
  })
  expect(failure('{"values":[]}')).toMatchObject({ path: 'name' })
})

test('says of text that is not JSON that it is not', () => {
  const error = failure('{') as JsonError
  expect(error).toBeInstanceOf(JsonError)
  expect(error.message).toBe('is not JSON')
  expect(error.cause).toBeInstanceOf(SyntaxError)
})
